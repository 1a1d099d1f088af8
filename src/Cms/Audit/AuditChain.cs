using System.Security.Cryptography;
using System.Text;
using Cms.GraphQL;

namespace Cms.Audit;

/// <summary>Computes the hashes of the audit log.</summary>
internal static class AuditChain
{
    extension(AuditEntry entry)
    {
        /// <summary>
        /// Returns the hash that the entry should have: SHA-256 over its canonical JSON (RFC 8785), which includes the
        /// hash of the entry before it.
        /// </summary>
        public string ComputeHash() => entry.ComputeHash(entry.Seq);

        /// <summary>Returns the hash that the entry should have if it had this number.</summary>
        public string ComputeHash(long seq) =>
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(entry.Members(seq)))));

        /// <summary>Returns the entry with its hash as one line of canonical JSON.</summary>
        public string ToLine()
        {
            var members = entry.Members(entry.Seq);
            members.Add("hash", entry.Hash);
            return CanonicalJson.Write(members);
        }

        private Dictionary<string, object?> Members(long seq) =>
            new(StringComparer.Ordinal)
            {
                ["seq"] = seq,
                ["at"] = AuditFields.TimeOf(entry.At),
                ["actorKey"] = entry.ActorKey?.ToString(),
                ["actorName"] = entry.ActorName,
                ["via"] = entry.Via.ToString(),
                ["action"] = entry.Action,
                ["subject"] = entry.Subject,
                ["article"] = entry.ArticleId?.Format(),
                ["summary"] = entry.Summary,
                ["before"] = entry.Before is { } before ? new RawJson(before) : null,
                ["after"] = entry.After is { } after ? new RawJson(after) : null,
                ["previousHash"] = entry.PreviousHash,
            };
    }
}
