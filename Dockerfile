# The program in an image, made of its Debian package: no compiler and no sources in it. docs/ci.md says how to use it.
#   cpack -G DEB --config build/release/CPackConfig.cmake -B dist
#   docker build --tag mdcd --file Dockerfile dist
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/gate" mdcd gate ci/gate.json --junit gate.xml
FROM debian:12-slim
COPY mdcd_*.deb /package/
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends /package/mdcd_*.deb \
    && rm -rf /package /var/lib/apt/lists/* \
    && mdcd --version
WORKDIR /gate
USER nobody
ENTRYPOINT ["mdcd"]
