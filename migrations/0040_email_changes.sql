-- Accounts that are to have another address. The link that was mailed to it proves that its reader agrees; of what the
-- link holds only the hash is here. One row for each account: who asks again means the last address.
create table email_changes (
    user_id text primary key references users (id) on delete cascade,
    email text not null,
    -- The address before, which is told.
    former text not null,
    -- None until the mail goes out.
    token_hash text,
    expires_at bigint not null,
    -- A used link stays until it runs out, so that the same request, sent twice, is answered twice.
    used_at bigint
);
create unique index email_changes_token on email_changes (token_hash);
