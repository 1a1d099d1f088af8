using Cms.Foundation;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles;

/// <summary>There is no such article, or none that you may see.</summary>
/// <param name="ArticleId">The id asked for.</param>
public sealed record ArticleNotFound(ArticleId ArticleId)
    : UserError("There is no such article. Check the id, or search for the article.");

/// <summary>The article has no such revision.</summary>
/// <param name="RevisionId">The id asked for.</param>
public sealed record RevisionNotFound(RevisionId RevisionId)
    : UserError("This article has no such revision. Choose one from its revisions.");

/// <summary>Something must be filled in before readers may see the article.</summary>
/// <param name="MissingFields">What is missing.</param>
public sealed record ArticleIncomplete(IReadOnlyList<string> MissingFields)
    : UserError($"Fill in {string.Join(", ", MissingFields)} before publishing.");

/// <summary>Readers do not see the article.</summary>
/// <param name="ArticleId">The article.</param>
public sealed record ArticleNotPublished(ArticleId ArticleId)
    : UserError("Readers do not see this article, so there is nothing to correct or withdraw. Publish it first.");

/// <summary>The article may not be published yet.</summary>
/// <param name="Until">When it may.</param>
public sealed record ArticleUnderEmbargo(DateTimeOffset Until)
    : UserError(
        $"The article is under embargo until {Until.InWords()}. Publish it from then on, or lift the embargo first: setEmbargo without until."
    );

/// <summary>A scheduled article is put under no embargo.</summary>
/// <param name="At">When it goes before readers.</param>
public sealed record ArticleScheduled(DateTimeOffset At)
    : UserError(
        $"The article goes before readers on {At.InWords()}, and is not held back as well. Move the schedule, or take it off first with unscheduleArticle."
    );

/// <summary>The article is not scheduled.</summary>
/// <param name="ArticleId">The article.</param>
public sealed record ArticleNotScheduled(ArticleId ArticleId)
    : UserError(
        "The article is not scheduled, so there is nothing to take off. Schedule it first, or withdraw it if readers see it already."
    );

/// <summary>Readers see the article, so that nothing holds it back.</summary>
/// <param name="ArticleId">The article.</param>
public sealed record ArticleAlreadyPublished(ArticleId ArticleId)
    : UserError(
        "Readers see this article already, and an embargo would hide nothing. Withdraw it first, or schedule its update."
    );

/// <summary>A time that must be still to come is not.</summary>
/// <param name="Field">Which time.</param>
public sealed record TimeNotAhead(string Field) : UserError($"Set {Field} to a time that is still to come.");

/// <summary>A correction says what was wrong.</summary>
public sealed record NoteRequired() : UserError("Tell readers what was wrong: the correction needs a note.");

/// <summary>A withdrawal says why.</summary>
public sealed record ReasonRequired()
    : UserError("Tell readers why the article is gone: the withdrawal needs a reason.");

/// <summary>The article to read instead is not before readers.</summary>
/// <param name="ArticleId">The id asked for.</param>
public sealed record SuccessorNotFound(ArticleId ArticleId)
    : UserError("The article to read instead is not before readers. Name one that is published, or none.");

/// <summary>Another article has the slug.</summary>
/// <param name="Slug">The slug asked for.</param>
public sealed record SlugTaken(string Slug) : UserError($"Another article lives at ‘{Slug}’. Choose another slug.");

/// <summary>The slug cannot be part of an address.</summary>
/// <param name="Slug">The slug asked for.</param>
public sealed record SlugMalformed(string Slug)
    : UserError("Write the slug as lower-case letters and digits joined by single hyphens, 120 characters at most.");

/// <summary>A text is longer than its field.</summary>
/// <param name="Field">Which text.</param>
/// <param name="MaxLength">How many characters it may have.</param>
public sealed record TextTooLong(string Field, int MaxLength)
    : UserError($"Shorten {Field} to {MaxLength} characters or fewer.");

/// <summary>An address is not one of the web.</summary>
/// <param name="Field">Which address.</param>
public sealed record UrlMalformed(string Field)
    : UserError($"Write {Field} as a full address beginning with https:// or http://.");

/// <summary>A list is longer than it may be.</summary>
/// <param name="Field">Which list.</param>
/// <param name="Max">How many it may hold.</param>
public sealed record TooMany(string Field, int Max)
    : UserError($"An article has {Max} {Field} at most. Leave some out.");

/// <summary>There is no such category.</summary>
/// <param name="CategoryId">The id asked for.</param>
public sealed record CategoryNotFound(CategoryId CategoryId)
    : UserError("There is no such category. Choose one from the categories.");

/// <summary>There is no such tag.</summary>
/// <param name="TagId">The id asked for.</param>
public sealed record TagNotFound(TagId TagId) : UserError("There is no such tag. Choose one from the tags.");

/// <summary>There is no such source.</summary>
/// <param name="SourceId">The id asked for.</param>
public sealed record SourceNotFound(SourceId SourceId)
    : UserError("There is no such source. Choose one from the sources.");

/// <summary>There is no such tool.</summary>
/// <param name="ToolId">The id asked for.</param>
public sealed record ToolNotFound(ToolId ToolId) : UserError("There is no such tool. Choose one from the tools.");

/// <summary>An article has a headline.</summary>
public sealed record HeadlineRequired() : UserError("Give the article a headline.");

/// <summary>The language is not written as a BCP 47 tag.</summary>
/// <param name="Language">What was written.</param>
public sealed record LanguageMalformed(string Language)
    : UserError("Write the language as a BCP 47 tag such as ‘en’ or ‘pt-BR’.");
