using Cms.Data;
using Cms.People;

namespace Cms.Changes;

/// <summary>
/// Adds a shared reader at the end of the change log, if it does not exist. If the database was restored or created again,
/// the reader continues at the end of the new log.
/// </summary>
public sealed class BeginSharedReader(CmsDatabase database)
{
    public Task Handle(string reader, CancellationToken cancellationToken) =>
        database.WriteAsync<SharedReader>(
            Actor.Server.For("beginSharedReader"),
            async (db, token) =>
            {
                var end = await ListChanges.EndAsync(db, token);
                if (await db.SharedReaders.FindAsync([reader], token) is not { } found)
                {
                    found = new SharedReader
                    {
                        Name = reader,
                        Epoch = end.Epoch,
                        Seq = end.Seq,
                    };
                    db.Add(found);
                }
                else if (found.Epoch != end.Epoch || found.Seq > end.Seq)
                {
                    (found.Epoch, found.Seq) = (end.Epoch, end.Seq);
                    (found.Claim, found.LeasedUntil, found.Failures) = (null, null, 0);
                }

                return found;
            },
            cancellationToken
        );
}
