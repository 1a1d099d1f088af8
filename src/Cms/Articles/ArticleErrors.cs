using Cms.Foundation;
using Cms.GraphQL;
using Cms.References;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles;

/// <summary>The article does not exist, or you cannot see it.</summary>
/// <param name="ArticleId">The id from the request.</param>
public sealed record ArticleNotFound(ArticleId ArticleId)
    : UserError("There is no such article. Check the id, or search for the article.");

/// <summary>The article has no revision with this id.</summary>
/// <param name="RevisionId">The id from the request.</param>
public sealed record RevisionNotFound(RevisionId RevisionId)
    : UserError("This article has no such revision. Choose one from its revisions.");

/// <summary>Required fields are empty, so the article cannot be published.</summary>
/// <param name="MissingFields">The fields to fill in.</param>
public sealed record ArticleIncomplete(IReadOnlyList<string> MissingFields)
    : UserError($"Fill in {string.Join(", ", MissingFields)} before publishing.");

/// <summary>The article is not published.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleNotPublished(ArticleId ArticleId)
    : UserError(
        "This article is not published, so it cannot be updated, corrected or withdrawn. Publish it first, or schedule its publication."
    );

/// <summary>The article is already withdrawn.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleAlreadyWithdrawn(ArticleId ArticleId)
    : UserError("This article is already withdrawn. Leave it as it is, or publish it again.");

/// <summary>The article is under embargo and cannot be published yet.</summary>
/// <param name="Until">When the embargo ends.</param>
public sealed record ArticleUnderEmbargo(DateTimeOffset Until)
    : UserError(
        $"The article is under embargo until {Until.InWords()}. Publish it after that time, or lift the embargo with setEmbargo without until."
    );

/// <summary>The article is scheduled, so it cannot be put under embargo.</summary>
/// <param name="At">When the article is scheduled to be published.</param>
public sealed record ArticleScheduled(DateTimeOffset At)
    : UserError(
        $"The article is scheduled for {At.InWords()}, so it cannot be put under embargo. Change the time with scheduleArticle, or cancel it with unscheduleArticle."
    );

/// <summary>
/// The article is released under embargo. To change the end of the embargo, release the article again. To change the
/// slug, recall the article first.
/// </summary>
/// <param name="Until">When the embargo ends and the article is published.</param>
public sealed record ArticleReleased(DateTimeOffset Until)
    : UserError(
        $"The article is released under embargo until {Until.InWords()}, and partners can have it. Use releaseUnderEmbargo again to change its text or its time, or unscheduleArticle to recall it first."
    );

/// <summary>The article is not scheduled.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleNotScheduled(ArticleId ArticleId)
    : UserError("The article is not scheduled, so there is nothing to cancel. Withdraw it if it is already published.");

/// <summary>The article is already published, so an embargo would have no effect.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleAlreadyPublished(ArticleId ArticleId)
    : UserError(
        "This article is already published, so an embargo would have no effect. Withdraw it first, or schedule its update."
    );

/// <summary>The time is not in the future.</summary>
/// <param name="Field">The field that contains the time.</param>
public sealed record TimeNotAhead(string Field) : UserError($"Set {Field} to a time in the future.");

/// <summary>The time is given twice, or a time that is required is missing.</summary>
/// <param name="Field">The field that contains the time.</param>
public sealed record TimeRequired(string Field)
    : UserError(
        $"Set either {Field}, with an offset from UTC, or {Field}Local, in the newsroom's time zone, but not both."
    );

/// <summary>A correction needs a note.</summary>
public sealed record NoteRequired() : UserError("Tell readers what was wrong: the correction needs a note.");

/// <summary>A withdrawal needs a reason.</summary>
public sealed record ReasonRequired()
    : UserError("Tell readers why the article is gone: the withdrawal needs a reason.");

/// <summary>
/// The deadline for partners to confirm the withdrawal is before the withdrawal, or at the same time.
/// </summary>
/// <param name="WithdrawnAt">When the article is withdrawn.</param>
public sealed record AcknowledgementTooEarly(DateTimeOffset WithdrawnAt)
    : UserError($"Set acknowledgeBy to a time after the withdrawal, which is at {WithdrawnAt.InWords()}.");

/// <summary>The withdrawal would be before the publication.</summary>
/// <param name="ScheduledAt">When the article is scheduled to be published.</param>
public sealed record WithdrawalTooEarly(DateTimeOffset ScheduledAt)
    : UserError(
        $"The article is scheduled to be published at {ScheduledAt.InWords()}. Choose a later time for its withdrawal."
    );

/// <summary>The publication would be after the withdrawal.</summary>
/// <param name="WithdrawAt">When the article is scheduled to be withdrawn.</param>
public sealed record WithdrawalScheduled(DateTimeOffset WithdrawAt)
    : UserError(
        $"The article is scheduled to be withdrawn at {WithdrawAt.InWords()}. Choose an earlier time, or cancel the withdrawal with unscheduleWithdrawal."
    );

/// <summary>No withdrawal is scheduled.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record WithdrawalNotScheduled(ArticleId ArticleId)
    : UserError("No withdrawal of this article is scheduled. Schedule one first, or withdraw the article now.");

/// <summary>The article to read instead is not published, or is the withdrawn article itself.</summary>
/// <param name="ArticleId">The id from the request.</param>
public sealed record SuccessorNotFound(ArticleId ArticleId)
    : UserError(
        "The article to read instead must be published and cannot be this article. Choose a different one, or none."
    );

/// <summary>
/// The slug belongs to another item of the same kind, or such an item was once public under it.
/// </summary>
/// <param name="Slug">The slug that is taken.</param>
public sealed record SlugTaken(string Slug)
    : UserError($"The slug ‘{Slug}’ is already in use. Choose a different slug.");

/// <summary>The front end or the server uses the slug for its own pages.</summary>
/// <param name="Slug">The slug from the request.</param>
public sealed record SlugReserved(string Slug)
    : UserError($"The slug ‘{Slug}’ is reserved for a page of the site. Choose a different slug.");

/// <summary>The slug is malformed, or no slug can be made from the headline or the name.</summary>
/// <param name="Slug">The malformed slug; empty if no slug can be made from the headline or the name.</param>
public sealed record SlugMalformed(string Slug)
    : UserError("Write the slug as lower-case letters and digits separated by single hyphens, at most 120 characters.");

/// <summary>The text in a field is too long.</summary>
/// <param name="Field">The name of the field whose text is too long.</param>
/// <param name="MaxLength">The maximum length in characters.</param>
public sealed record TextTooLong(string Field, int MaxLength)
    : UserError($"Shorten {Field} to at most {MaxLength} characters.");

/// <summary>A value is not an http or https URL.</summary>
/// <param name="Field">The field that contains the URL.</param>
public sealed record UrlMalformed(string Field)
    : UserError($"Enter {Field} as a full URL that begins with https:// or http://.");

/// <summary>A list has too many items.</summary>
/// <param name="Field">The name of the list.</param>
/// <param name="Max">The maximum number of items.</param>
public sealed record TooMany(string Field, int Max)
    : UserError($"An article can have at most {Max} {Field}. Remove some.");

/// <summary>The category does not exist.</summary>
/// <param name="CategoryId">The id from the request.</param>
public sealed record CategoryNotFound(CategoryId CategoryId)
    : UserError("There is no such category. Choose one from the categories.");

/// <summary>The tag does not exist.</summary>
/// <param name="TagId">The id from the request.</param>
public sealed record TagNotFound(TagId TagId) : UserError("There is no such tag. Choose one from the tags.");

/// <summary>The source does not exist.</summary>
/// <param name="SourceId">The id from the request.</param>
public sealed record SourceNotFound(SourceId SourceId)
    : UserError("There is no such source. Choose one from the sources.");

/// <summary>The tool does not exist.</summary>
/// <param name="ToolId">The id from the request.</param>
public sealed record ToolNotFound(ToolId ToolId) : UserError("There is no such tool. Choose one from the tools.");

/// <summary>An article needs a headline.</summary>
public sealed record HeadlineRequired() : UserError("Give the article a headline.");

/// <summary>The language is not a BCP 47 tag.</summary>
/// <param name="Language">The value from the request.</param>
public sealed record LanguageMalformed(string Language)
    : UserError("Write the language as a BCP 47 tag such as ‘en’ or ‘pt-BR’.");

/// <summary>
/// The article is still in use, for example by an article that embeds it or a front that contains it.
/// </summary>
/// <param name="ArticleId">The article's id.</param>
/// <param name="Counts">The number of uses of each kind.</param>
/// <param name="Users">Up to 10 of the uses.</param>
public sealed record ArticleInUse(ArticleId ArticleId, IReadOnlyList<UsageCount> Counts, IReadOnlyList<Usage> Users)
    : UserError(
        $"The article is still used by {Usages.InWords(Counts, Users)}. Remove it there first, or send acknowledgeUse: true."
    )
{
    /// <summary>Returns an error if the article has uses; otherwise null.</summary>
    internal static ArticleInUse? Of(ArticleId id, Usages usages) =>
        usages.TotalCount > 0 ? new(id, usages.Counts, usages.Users) { Path = ["id"] } : null;
}
