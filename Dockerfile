ARG NODE_MAJOR=24

FROM node:${NODE_MAJOR}-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
# Without scripts: `prepare` would build before the sources are here.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json spec.json ./
COPY schemas ./schemas
COPY scripts ./scripts
COPY src ./src
RUN npm run build

FROM node:${NODE_MAJOR}-bookworm-slim
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
ENV NODE_ENV=production TZ=UTC HOME=/airbyte
WORKDIR /airbyte
COPY --chown=airbyte:airbyte LICENSE package.json ./
COPY --chown=airbyte:airbyte docker/entrypoint.sh ./entrypoint.sh
COPY --from=build --chown=airbyte:airbyte /src/dist ./dist
USER 1000:1000
# Airbyte's platform runs the variable, `docker run` the instruction; both are the same words, and absolute, because
# the platform chooses its own working directory.
ENV AIRBYTE_ENTRYPOINT="/airbyte/entrypoint.sh"
ENTRYPOINT ["/airbyte/entrypoint.sh"]
