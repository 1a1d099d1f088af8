using System.Security.Cryptography;
using System.Text;
using Cms.Articles;
using Cms.Foundation;
using Cms.People;

namespace Cms.Partners.Log;

/// <summary>
/// How far the log of one partner goes. Each partner has a log of its own, because an article can also enter or leave its
/// agreement. It has one row for each article that the partner has ever received (<see cref="PartnerArticle" />), and is
/// brought up to date when somebody reads it.
/// </summary>
public sealed class PartnerLog : IRewritten
{
    public required PartnerId PartnerId { get; init; }

    /// <summary>Identifies the log. Cursors of an earlier log of the partner are refused.</summary>
    public Guid Epoch { get; private set; }

    /// <summary>The newsroom's change log that the partner's log is made from.</summary>
    public Guid Source { get; private set; }

    /// <summary>The number of the last step that changed rows. The rows that one step changes have the same number.</summary>
    public long Seq { get; private set; }

    /// <summary>The number of the newest change of the newsroom that is in this log.</summary>
    public long ReadTo { get; set; }

    /// <summary>The version of the agreement that the rows reflect.</summary>
    public int Agreement { get; private set; }

    /// <summary>A hash of what selects the articles, in hexadecimal digits.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>
    /// Whether all articles are being compared with the rows, because the agreement includes others than before.
    /// </summary>
    public bool IsReviewing { get; private set; }

    /// <summary>The last article that the review has compared; null at its beginning.</summary>
    public ArticleId? ReviewedTo { get; set; }

    /// <summary>
    /// The number of the newest removal that was deleted after its time. A cursor from before it can have missed one.
    /// </summary>
    public long ForgottenTo { get; set; }

    /// <summary>The editions under embargo that the rows have.</summary>
    public IReadOnlyList<EditionId> Advances { get; set; } = [];

    /// <summary>When old removals were last deleted.</summary>
    public DateTimeOffset SweptAt { get; set; }

    /// <summary>Increases with every step. Two steps at the same time cannot both be saved.</summary>
    public int Version { get; private set; }

    /// <summary>Begins the next step that changes rows, and returns its number.</summary>
    public long Next() => ++Seq;

    /// <summary>Begins a log of which no earlier cursor is known. The rows are kept.</summary>
    /// <param name="source">The newsroom's change log.</param>
    /// <param name="readTo">The number of its last change.</param>
    /// <param name="now">The current time.</param>
    public void Restart(Guid source, long readTo, DateTimeOffset now) =>
        (Epoch, Source, ReadTo, SweptAt) = (Guid.CreateVersion7(), source, readTo, now);

    /// <summary>Begins to compare all articles with the rows.</summary>
    public void Review(Entitlement entitlement) =>
        (Agreement, Scope, IsReviewing, ReviewedTo) = (entitlement.Agreement, ScopeOf(entitlement), true, null);

    /// <summary>Ends the comparison of all articles.</summary>
    public void EndReview() => (IsReviewing, ReviewedTo) = (false, null);

    /// <summary>Returns whether the rows were made for what the partner receives now.</summary>
    public bool IsFor(Entitlement entitlement) => Agreement == entitlement.Agreement && Scope == ScopeOf(entitlement);

    // Merged categories and tags are part of it, so a merge changes it without a new version of the agreement.
    private static string ScopeOf(Entitlement entitlement) =>
        Convert.ToHexString(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        string.Join(' ', entitlement.Categories),
                        string.Join(' ', entitlement.Tags),
                        string.Join(' ', entitlement.ExcludedTags),
                        string.Join(' ', entitlement.Tools),
                        string.Join(' ', entitlement.Languages)
                    )
                )
            )
        );
}
