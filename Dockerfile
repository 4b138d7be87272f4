# The product as an image: what requirements.lock names with its hashes, nothing of the tests, no secrets, not root.
# It writes nowhere but to /data, and there only where HUDDLE_DATABASE is a file.

FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements.lock .
# Every wheel is checked by its hash here; below, only those that the product needs are taken from this folder.
RUN pip wheel --quiet --require-hashes --wheel-dir /wheels -r requirements.lock
RUN pip install --quiet --upgrade --no-index --find-links /wheels setuptools
COPY pyproject.toml .
COPY bot bot
COPY handlers handlers
COPY prompts prompts
COPY storage storage
RUN pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir /wheels . \
    && python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --quiet --no-index --find-links /wheels huddle-coach

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /data huddle \
    && install -d -o huddle -g huddle -m 0700 /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HUDDLE_LOG_FORMAT=json
WORKDIR /data
USER 10001:10001
ENTRYPOINT ["huddle"]
CMD ["run"]
