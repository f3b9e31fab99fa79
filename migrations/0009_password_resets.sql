-- Links to another password. A used one stays until it runs out, so that the same request, sent twice, is answered twice.
create table password_resets (
    token_hash text primary key,
    user_id text not null references users (id) on delete cascade,
    expires_at bigint not null,
    used_at bigint
);
