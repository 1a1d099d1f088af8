using Cms.Results;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles;

public sealed record ArticleNotFound(ArticleId Id)
    : UserError("There is no such article. Check the id, or search for the article.");

public sealed record RevisionNotFound(RevisionId Id)
    : UserError("This article has no such revision. Choose one from its revisions.");

public sealed record ArticleIncomplete(IReadOnlyList<string> MissingFields)
    : UserError($"Fill in {string.Join(", ", MissingFields)} before publishing.");

public sealed record ArticleNotPublished(ArticleId Id)
    : UserError("Readers do not see this article, so there is nothing to correct or withdraw. Publish it first.");

public sealed record NoteRequired() : UserError("Tell readers what was wrong: the correction needs a note.");

public sealed record ReasonRequired()
    : UserError("Tell readers why the article is gone: the withdrawal needs a reason.");

public sealed record SuccessorNotFound(ArticleId Id)
    : UserError("The article to read instead is not before readers. Name one that is published, or none.");

public sealed record SlugTaken(string Slug) : UserError($"Another article lives at ‘{Slug}’. Choose another slug.");

public sealed record SlugMalformed(string Slug)
    : UserError("Write the slug as lower-case letters and digits joined by single hyphens, 120 characters at most.");

public sealed record TextTooLong(string Field, int MaxLength)
    : UserError($"Shorten {Field} to {MaxLength} characters or fewer.");

public sealed record UrlMalformed(string Field)
    : UserError($"Write {Field} as a full address beginning with https:// or http://.");

public sealed record TooMany(string Field, int Max)
    : UserError($"An article has {Max} {Field} at most. Leave some out.");

public sealed record CategoryNotFound(CategoryId Id)
    : UserError("There is no such category. Choose one from the categories.");

public sealed record TagNotFound(TagId Id) : UserError("There is no such tag. Choose one from the tags.");

public sealed record SourceNotFound(SourceId Id) : UserError("There is no such source. Choose one from the sources.");

public sealed record ToolNotFound(ToolId Id) : UserError("There is no such tool. Choose one from the tools.");

public sealed record HeadlineRequired() : UserError("Give the article a headline.");

public sealed record LanguageMalformed(string Language)
    : UserError("Write the language as a BCP 47 tag such as ‘en’ or ‘pt-BR’.");
