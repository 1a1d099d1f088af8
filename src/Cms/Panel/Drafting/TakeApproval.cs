using Cms.Articles.Gate;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel.Drafting;

/// <summary>The only way to approve a take, for editors and imports.</summary>
internal static class TakeApproval
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Approves the newest revision of a take for the article's next edition. The article must be locked. Otherwise,
        /// two simultaneous approvals would not see each other. Returns the error that prevents the approval; null if there
        /// is none.
        /// </summary>
        public async Task<UserError?> ApproveAsync(
            PublishGate gate,
            Take take,
            Contributor reviewer,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            // An import approves the revision that it has just added.
            var head = await db.TakeRevisions.FindAsync([take.HeadId!.Value], cancellationToken);
            if (gate.RefuseTake(head!.DraftedWith) is { } refusal)
            {
                return refusal;
            }

            head.Approve(reviewer, now);
            take.Approve(reviewer, now);
            return null;
        }
    }
}
