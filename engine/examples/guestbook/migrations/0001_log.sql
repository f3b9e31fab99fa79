-- The engine's tables. An app's own migrations make them before its own; the engine's tests run these.

-- Where the log stands. A new database is a new log: a node gives it a name and a secret when it opens it.
create table log_head (
    one bigint primary key check (one = 1),
    log text not null,
    seq bigint not null,
    secret text not null default ''
);

-- One row a commit. The change, its directives and its areas are JSON; the audience is a viewer, or nothing for everyone.
create table log (
    seq bigint primary key,
    at bigint not null,
    change text not null,
    directives text not null,
    areas text not null,
    audience text
);

-- What was asked with an idempotency key, and what was answered. Key and content are hashes.
create table idempotency_keys (
    account text not null,
    key text not null,
    function text not null,
    content text not null,
    -- JSON; empty until the commit.
    answer text not null,
    at bigint not null,
    primary key (account, key)
);
create index idempotency_keys_at on idempotency_keys (at);
