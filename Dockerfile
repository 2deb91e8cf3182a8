FROM node:26-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
# Without scripts: `prepare` would build before the sources are here.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY LICENSE tsconfig.json spec.json ./
COPY schemas ./schemas
COPY scripts ./scripts
COPY src ./src
RUN npm run build
# The compiled code, as the programs leave it after use. Node looks for it by the program's path, the flags that V8 was
# given, and the user's id; it is the same here as in the image.
RUN mkdir /airbyte && cp -R dist /airbyte/dist && mkdir -m 777 /airbyte/compile-cache
USER 1000:1000
RUN export NODE_COMPILE_CACHE=/airbyte/compile-cache TZ=UTC \
 && cd /airbyte/dist \
 && node source-tiktok-ads.js spec >/dev/null \
 && node source-tiktok-ads.js demo --folder /tmp/demo >/dev/null \
 && node source-tiktok-ads.js tap --config /tmp/demo/config.json --discover >/dev/null \
 && node source-tiktok-ads.js tap --about >/dev/null
USER root
RUN chown -R root:root /airbyte && chmod -R go+rX,go-w /airbyte

FROM node:26-bookworm-slim AS plain
ARG VERSION=0.1.0
LABEL io.airbyte.name="source-tiktok-ads" \
      io.airbyte.version="${VERSION}" \
      org.opencontainers.image.title="source-tiktok-ads" \
      org.opencontainers.image.description="Copies the daily performance of every TikTok Ads campaign into one table: an Airbyte source and a Singer tap." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT"
# Airbyte runs its sources as uid 1000; the base image's own user `node` has that id, so it takes the name.
RUN groupmod --new-name airbyte node \
 && usermod --login airbyte --home /airbyte node \
 && rm -rf /home/node \
 && mkdir /airbyte \
 && chown airbyte:airbyte /airbyte
ENV NODE_ENV=production TZ=UTC HOME=/airbyte NODE_COMPILE_CACHE=/airbyte/compile-cache
WORKDIR /airbyte
# What runs belongs to root: the program's own user cannot change it.
COPY LICENSE package.json ./
COPY docker/entrypoint.sh ./entrypoint.sh
COPY --from=build /airbyte ./
USER 1000:1000
# Airbyte's platform runs the variable, `docker run` the instruction; both are the same words, and absolute, because
# the platform chooses its own working directory.
ENV AIRBYTE_ENTRYPOINT="/airbyte/entrypoint.sh"
ENTRYPOINT ["/airbyte/entrypoint.sh"]

# `docker build --target with-duckdb`: the same, and DuckDB for `sync` into a file.
FROM plain AS with-duckdb
COPY --from=build /src/node_modules/@duckdb ./node_modules/@duckdb
COPY --from=build /src/node_modules/detect-libc ./node_modules/detect-libc

FROM plain
