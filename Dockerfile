# casualty-ledger, one night: docker run --rm -v ledger:/data -v "$PWD/data/reference":/app/data/reference:ro casualty-ledger
# The schedule: the same with `serve` at its end. Stores lie in /data; all else in the image is read only to it.
FROM python:3.11-slim-bookworm

WORKDIR /app
COPY pyproject.toml deploy/requirements.lock README.md LICENSE ./
COPY flows flows
COPY transforms transforms
RUN pip install --no-cache-dir --require-hashes --no-deps --requirement requirements.lock \
    && pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && useradd --system --uid 10001 --no-create-home --home-dir /data ledger \
    && install --directory --owner 10001 --mode 0750 /data
COPY casualty-ledger.toml ./
COPY docs/codebook.md docs/
COPY data/gold data/gold
COPY data/reference data/reference

ENV CASUALTY_LEDGER_PATHS_RAW=/data/raw \
    CASUALTY_LEDGER_PATHS_PUBLISHED=/data/published \
    CASUALTY_LEDGER_PATHS_STATE=/data/state \
    CASUALTY_LEDGER_LOG_FORM=json \
    PYTHONDONTWRITEBYTECODE=1
USER 10001
VOLUME /data
ENTRYPOINT ["python", "-m", "flows"]
CMD ["nightly"]
