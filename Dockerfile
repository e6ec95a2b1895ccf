# The bot in a container: `docker build -t isnad . && docker run -e DISCORD_TOKEN=… -v isnad:/data isnad`.
# EXTRAS names further requirements files, for example: --build-arg EXTRAS="import stores"
# docs/operation.md says which, and what each platform does with this file.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
ARG EXTRAS=""
COPY requirements.txt docs/deploy/requirements-*.txt /tmp/
RUN python3 -m venv /app/venv \
 && for name in requirements $(for extra in $EXTRAS; do echo "requirements-$extra"; done); do \
      /app/venv/bin/pip install --no-cache-dir --disable-pip-version-check --quiet --require-hashes -r "/tmp/$name.txt" \
      || exit 1; \
    done \
 && /app/venv/bin/pip uninstall --quiet --yes pip

FROM ${BASE}
COPY --from=build /app/venv /app/venv
COPY bot /app/bot
COPY config /app/config
COPY corpus /app/corpus
COPY docs/deploy/docker-entrypoint.sh /app/entrypoint
# The coverage's cache and the records lie in /data, the only folder that the bot writes to. It is not declared as a
# volume: some platforms build no image that does, and `docker run -v` mounts one all the same.
RUN /app/venv/bin/python -m compileall -q /app/bot \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin isnad \
 && install -d -o isnad -g isnad /data
ENV PATH=/app/venv/bin:$PATH PYTHONUNBUFFERED=1 CORPUS_CACHE=/data PORT=8080
WORKDIR /app
EXPOSE 8080
# Well where the bot hears Discord, may write and has a coverage; a first coverage of a large archive takes minutes.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m --retries=3 CMD ["python", "-m", "bot.ops.probe"]
# Begins as root, since mounted disks are, and is the user isnad before Python starts; `--user 10001` does without that.
ENTRYPOINT ["/app/entrypoint", "python", "-m", "bot"]
CMD ["run"]
