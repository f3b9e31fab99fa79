-- How the place is run, and what it says of itself: one row, once a manager decided anything.
create table site (
    id bigint primary key check (id = 1),
    registration text not null,
    about text not null,
    rules text not null,
    rev bigint not null
);

-- Invitations that can be used. What their links hold is kept as it is, because managers are shown it while an
-- invitation is open: it opens no account that there is.
create table invitations (
    id text primary key,
    code text not null unique,
    who text not null,
    by_id text not null references users (id) on delete cascade,
    at bigint not null,
    expires_at bigint not null
);
create index invitations_newest on invitations (at);
