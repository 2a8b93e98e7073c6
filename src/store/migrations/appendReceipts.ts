import type { Migration } from './schemaVersion.js';

/**
 * One append as one call: the statement is planned once for each connection, which costs as much as running it where the
 * database is in this process. With the rights of whoever calls it. Gives how many entries were kept: all, or none where
 * the chain does not end where its writer, `by`, believes. Bytes
 * in lists are hex: the two drivers write lists of bytes in ways of their own.
 */
export const appendReceipts: Migration = {
  name: 'append receipts',
  statements: [
    `create function ringfence_append_receipts(
      at_chain integer, by uuid, from_seq bigint, from_hash bytea, to_hash bytea, lease interval,
      ats bigint[], customers text[], contents text[], hashes text[]
    ) returns bigint language plpgsql as $$
    declare kept bigint;
    begin
      update ringfence_receipt_chains
        set seq = from_seq + cardinality(ats), hash = to_hash, leased_until = now() + lease
        where chain = at_chain and writer = by and seq = from_seq and hash = from_hash;
      if not found then return 0; end if;
      insert into ringfence_receipts (chain, seq, at, customer, content, hash)
        select at_chain, from_seq + one.place, one.at,
          decode(one.customer, 'hex'), decode(one.content, 'hex'), decode(one.hash, 'hex')
        from unnest(ats, customers, contents, hashes) with ordinality as one (at, customer, content, hash, place);
      get diagnostics kept = row_count;
      return kept;
    end $$`,
  ],
};
