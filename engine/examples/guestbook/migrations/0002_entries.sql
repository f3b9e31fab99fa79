-- What people wrote, in the order in which they wrote it.
create table entries (
    number bigint primary key,
    text text not null
);
