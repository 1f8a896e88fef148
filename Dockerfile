FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
# Cargo wants to see every target that Cargo.toml names, tests and benchmarks included.
COPY . .
RUN cargo build --release --locked

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 aushang
WORKDIR /aushang
COPY --from=build /build/target/release/aushang /usr/local/bin/aushang
COPY config ./config
# The service writes the record beside the definitions.
COPY --chown=aushang feeds ./feeds
USER aushang
ENV AUSHANG_LISTEN=0.0.0.0:8080
EXPOSE 8080
VOLUME ["/aushang/config", "/aushang/feeds"]
ENTRYPOINT ["aushang"]
