-- Links that make the first manager, while there is none. As of a session, only the hash of what a link holds is kept.
create table manager_links (
    token_hash text primary key,
    expires_at bigint not null
);
