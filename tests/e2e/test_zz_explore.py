import asyncio, json, pytest
from datetime import timedelta
from tests.e2e.newcomers import *
from tests.e2e.office import says
from bot.demo.slack_forms import values
pytestmark = pytest.mark.stand_in
seen = {}
async def show(o, *who):
    for u in who:
        for m in await o.people.messages(u if isinstance(u,str) else u.dm):
            key=(u if isinstance(u,str) else u.name, m["ts"]); t=(m["text"], m.get("ephemeral_to"))
            if seen.get(key)!=t:
                print(f"--- to {key[0]}{' (changed)' if key in seen else ''}{' EPHEMERAL' if t[1] else ''} from {m.get('user')}"); print(m["text"]); print("   ", [b.label for b in __import__('bot.demo.slack_forms',fromlist=['buttons']).buttons(m)], [f['name'] for f in m.get('files',[])])
                seen[key]=t
async def home(o,u):
    await o.people.open_home(u.id); await asyncio.sleep(0.4)
    v=await o.people.home(u.id); print(f"=== HOME {u.name} ({len(v['blocks'])} blocks)\n{words(v)}\n"); return v
async def modal(o, why=""):
    await asyncio.sleep(0.15)
    v=await o.people.modal(); print(f"=== MODAL {why} {v and v['callback_id']}\n{v and words(v)}\n"); return v

async def test_x(tmp_path):
    async with SmallSlack(WORKSPACE) as slack, newcomers(tmp_path, slack, ADA.id) as o:
        p=o.people
        try:
            await story(o,p,slack,tmp_path)
        finally:
            print("OUTPUT", o.product.output[-6000:])

async def story(o,p,slack,tmp_path):
    o.levers.set(on(SET_UP,"10:00")); await o.start()
    await o.hears(ADA,"Hello"); await show(o,ADA,MARIA)
    await home(o,ADA); await home(o,MARIA); await home(o,ANNA)
    await p.press(ADA.id, ADA.dm, "Create a team")
    await p.wait_for_modal("team_who"); v=await modal(o)
    print("ERR", await p.submit(ADA.id))
    for n,g in {"team_name":"x"*70,"team_managers":["Maria Kern","Gil Guest"],"team_reps":["Anna Weber","Ben Sato","Oleg Past"],"team_channel":"north-wins","team_behaviours":"set first meetings\nset first meetings","team_care":"\n".join(map(str,range(7)))}.items():
        await p.fill(ADA.id,n,g)
    print("ERR", await p.submit(ADA.id))
    await p.fill(ADA.id,"team_name","North"); await p.fill(ADA.id,"team_behaviours","set first meetings\nwrite account plans"); await p.fill(ADA.id,"team_care","Petra Lang (210)")
    print("ERR", await p.submit(ADA.id))
    await p.wait_for_modal("team_when"); await modal(o)
    await p.fill(ADA.id,"team_nudge","13:00"); await p.fill(ADA.id,"team_day_ends","07:00")
    await p.fill(ADA.id,"team_working_days",[])
    print("ERR", await p.submit(ADA.id))
    await p.fill(ADA.id,"team_nudge","11:15"); await p.fill(ADA.id,"team_day_ends","18:00")
    await p.fill(ADA.id,"team_working_days","Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
    await p.fill(ADA.id,"team_wins_day",f"{FIRST:%A}")
    await p.fill(ADA.id,"team_country",country_at_work())
    v=await modal(o,"after country")
    print("kept?", json.dumps(values(v["blocks"], p._entered.get(v["id"])))[:1500])
    await p.press_modal(ADA.id,"Back to who"); v=await modal(o,"back")
    print("kept?", json.dumps(values(v["blocks"], p._entered.get(v["id"])))[:1500])
    print("ERR", await p.submit(ADA.id)); v=await modal(o,"again when")
    print("kept?", json.dumps(values(v["blocks"], p._entered.get(v["id"])))[:2500])
    print("ERR", await p.submit(ADA.id))
    await o.hears(ADA,"what will happen"); await o.hears(MARIA,"what will happen"); await show(o,ADA,MARIA,ANNA,BEN)
    try: await p.press(ADA.id, ADA.dm, "Start")
    except LookupError as e: print("ada has no start button", str(e)[:50])
    # forged: Ada clicks with Maria's value
    await home(o,ADA); await home(o,MARIA)
    await p.press(MARIA.id,MARIA.dm,"Try it on myself"); await asyncio.sleep(7); await show(o,MARIA,ANNA,BEN)
    await p.press(MARIA.id,MARIA.dm,"Start"); await o.hears(MARIA,"has started"); await asyncio.sleep(2); await show(o,ADA,MARIA,ANNA,BEN)
    await home(o,MARIA); await home(o,ADA); await home(o,ANNA)
    await p.command(MARIA.id,MARIA.dm,"/coach","help"); await p.command(ADA.id,ADA.dm,"/coach","help"); await p.command(GIL.id,GIL.dm,"/coach",""); await show(o,MARIA,ADA,GIL)
    # the first day
    await o.levers.move(on(FIRST,"06:46")); await show(o,ANNA,BEN,MARIA)
    await o.levers.move(on(FIRST,"08:46")); await show(o,ANNA,BEN,MARIA)
    await o.says(BEN,"write the Kessler plan by 11","Shall this"); await p.press(BEN.id,BEN.dm,"Commit")
    await p.say(ANNA.id,ANNA.dm,"I want to reach more customers"); await asyncio.sleep(1.2); await show(o,ANNA,BEN)
    await home(o,ANNA); await home(o,BEN)
    await p.say(ANNA.id,ANNA.dm,"call Bea Lang by 10am"); await asyncio.sleep(1.2); await show(o,ANNA); await p.press(ANNA.id,ANNA.dm,"Commit"); await asyncio.sleep(1)
    await show(o,ANNA,BEN,MARIA)
    await o.levers.move(on(FIRST,"09:30")); await show(o,ANNA,BEN,MARIA); await home(o,MARIA)
    await o.levers.move(on(FIRST,"10:06")); await show(o,ANNA,BEN,MARIA)
    await o.levers.move(on(FIRST,"11:16")); await show(o,ANNA,BEN,MARIA); await home(o,MARIA)
    await p.press(MARIA.id,MARIA.dm,"I've talked to them"); await p.press(ANNA.id,ANNA.dm,"Done"); await asyncio.sleep(1.2); await show(o,ANNA,BEN,MARIA)
    try: await p.press(ANNA.id,ANNA.dm,"Share as a win on the team channel"); await asyncio.sleep(1)
    except LookupError as e: print(e)
    await show(o,ANNA)
    await o.levers.move(on(FIRST,"15:01")); await show(o,WINS,ANNA,BEN,MARIA)
    # settings
    await home(o,ANNA); await p.press_home(ANNA.id,"Settings"); await p.wait_for_modal("settings"); await modal(o)
    await p.fill(ANNA.id,"own_time","05:00"); print("ERR",await p.submit(ANNA.id))
    await p.fill(ANNA.id,"own_time","09:15"); print("ERR",await p.submit(ANNA.id)); await asyncio.sleep(1); await show(o,ANNA); await home(o,ANNA)
    await p.press_home(ANNA.id,"Settings"); await p.wait_for_modal("settings")
    await p.fill(ANNA.id,"own_when","The evening before"); print("ERR",await p.submit(ANNA.id)); await asyncio.sleep(1); await show(o,ANNA); await home(o,ANNA)
    # away
    await p.press_home(BEN.id,"Away") if await p.home(BEN.id) else None
    await modal(o); await p.close_modal(BEN.id)
    day2=FIRST+timedelta(days=1); day3=FIRST+timedelta(days=2)
    print(await o.commands(BEN,f"away {day2:%d %b}")); await show(o,BEN)
    await o.levers.move(on(FIRST,"17:30")); await show(o,ANNA,BEN,MARIA)
    await p.say(ANNA.id,ANNA.dm,f"off on {day3:%d %b}"); await asyncio.sleep(1.2); await show(o,ANNA)
    try: await p.press(ANNA.id,ANNA.dm,"Yes, please"); await asyncio.sleep(1)
    except LookupError as e: print("LOOKUP", e)
    await show(o,ANNA); await home(o,ANNA); await home(o,BEN)
    await o.levers.move(on(day2,"09:31")); await show(o,ANNA,BEN,MARIA)
    await home(o,MARIA); await home(o,BEN)
    print(await o.commands(ANNA,"commit send Tom the offer by 16:00")); await asyncio.sleep(.5); await show(o,ANNA); 
    try: await p.press(ANNA.id,ANNA.dm,"Commit"); await asyncio.sleep(1)
    except LookupError as e: print("LOOKUP", e)
    await show(o,ANNA)
    ts=await p.say(MARIA.id,WINS,"Anna, could you ring Kim before Friday?") 
    await p.shortcut(ANNA.id,WINS,ts,"make_commitment"); await modal(o,"shortcut")
    await p.fill(ANNA.id,"when","17:00"); print("ERR",await p.submit(ANNA.id)); await asyncio.sleep(1); await show(o,ANNA)
    print(await o.commands(ANNA,"done")); await show(o,ANNA); print(await o.commands(ANNA,"commitments"))
    print(await o.commands(ANNA,"later 20m")); await p.command(ANNA.id,ANNA.dm,"/coach","privacy"); await show(o,ANNA); await modal(o,"privacy"); await p.close_modal(ANNA.id) if await p.modal() else None
    await home(o,ANNA); await home(o,MARIA); await home(o,ADA)
    await o.levers.move(on(day3,"09:31")); await show(o,ANNA,BEN,MARIA)
    await o.levers.move(on(day3+timedelta(days=1),"08:50")); await show(o,ANNA,BEN,MARIA)

    day5=day3+timedelta(days=2)
    # manager away + stand in form
    await home(o,MARIA); await p.press_home(MARIA.id,"Settings"); await p.wait_for_modal("settings"); await modal(o,"maria settings"); await p.close_modal(MARIA.id)
    await p.press_home(MARIA.id,"Privacy"); await modal(o,"maria privacy"); await p.close_modal(MARIA.id)
    await p.press_home(ADA.id,"How long words are kept"); await modal(o,"retention"); await p.close_modal(ADA.id)
    await p.press_home(ADA.id,"Who looks after the app"); await modal(o,"admins"); await p.close_modal(ADA.id)
    await p.press_home(ADA.id,"Team settings"); await modal(o,"team settings"); 
    await p.fill(ADA.id,"team_name","North East"); print("ERR",await p.submit(ADA.id)); await modal(o); await p.fill(ADA.id,"team_summary","09:45"); print("ERR",await p.submit(ADA.id))
    await asyncio.sleep(2); await show(o,ADA,MARIA)
    await p.press(ADA.id,ADA.dm,"Apply"); await asyncio.sleep(2); await show(o,ADA,MARIA,ANNA,BEN)
    # nonsense and words
    for w in ("", "skip","team","hlep","settings","pause until Monday","later 20m", "foo bar", "question Why did you not call?"):
        await p.command(ANNA.id,ANNA.dm,"/coach",w); await asyncio.sleep(.3); print("## /coach",w); await show(o,ANNA)
        if await p.modal(): await modal(o,w); await p.close_modal(ANNA.id)
    await p.command(MARIA.id,MARIA.dm,"/coach","team"); await p.command(MARIA.id,MARIA.dm,"/coach",""); await show(o,MARIA)
    await p.command(BEN.id,BEN.dm,"/coach","stop"); await show(o,BEN); await home(o,BEN)
    await p.command(BEN.id,BEN.dm,"/coach","start"); await asyncio.sleep(1); await show(o,BEN)
    await p.say(BEN.id,BEN.dm,"call Zacharias by 5pm"); await asyncio.sleep(1.2); await show(o,BEN)
    await p.press(BEN.id,BEN.dm,"Commit"); await asyncio.sleep(.7)
    await home(o,BEN); await p.press_home(BEN.id,"Privacy"); await modal(o,"privacy")
    await p.press_modal(BEN.id,"Send me all of it"); await asyncio.sleep(2); await modal(o,"coming"); await show(o,BEN)
    for m in await p.messages(BEN.dm):
        for f in m.get("files",[]): print("FILE",f["name"]); print((await p.download(f)).decode()[:3000])
    await p.close_modal(BEN.id); await p.press_home(BEN.id,"Privacy"); await p.wait_for_modal("privacy")
    await p.press_modal(BEN.id,"Erase everything…"); await modal(o,"erase"); print("ERR",await p.submit(BEN.id)); await asyncio.sleep(1.5); await modal(o,"after"); await show(o,BEN,MARIA); await home(o,BEN)
    import sqlite3
    with sqlite3.connect(tmp_path/"huddle.db") as c:
        lines=[l for l in c.iterdump() if "Zacharias" in l or "Ben Sato" in l or "Kessler" in l or BEN.id in l]
        print("LEFT", "\n".join(lines)[:3000])
    for f in tmp_path.glob("huddle.db*"):
        raw=f.read_bytes(); print("RAW",f.name,[w for w in (b"Zacharias",b"Ben Sato",b"Kessler") if w in raw])
    await p.archive(WINS); await asyncio.sleep(1.5); await show(o,MARIA,ADA); await home(o,ADA)
    await p.deactivate(ANNA.id); await asyncio.sleep(1.5); await show(o,MARIA,ADA,ANNA); await home(o,MARIA)
    await p.deactivate(MARIA.id); await asyncio.sleep(1.5); await show(o,MARIA,ADA,ANNA); await home(o,ADA)
    await o.levers.move(on(day5,"12:00")); await show(o,ANNA,BEN,MARIA,ADA,WINS); await home(o,ADA)
