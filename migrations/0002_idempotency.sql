-- What was asked with an idempotency key, and what was answered, so that the same request, sent again, is
-- answered again and done once. Key and content are hashes: whoever reads them learns nothing of what was sent.
create table idempotency_keys (
    -- The account's id; empty where nobody was signed in.
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
