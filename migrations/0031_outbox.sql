-- Mail that waits to be sent. What a mail says is made when it goes out, so that no link stands here. One that went out
-- stays for a few minutes: the same is not sent twice in that time.
create table outbox (
    id text primary key,
    kind text not null,
    -- The address.
    recipient text not null,
    made_at bigint not null,
    -- When it may be tried. Who tries it puts this off first, so that no other node does.
    due_at bigint not null,
    tries bigint not null,
    sent_at bigint
);
create unique index outbox_once on outbox (kind, recipient);
create index outbox_due on outbox (due_at) where sent_at is null;
