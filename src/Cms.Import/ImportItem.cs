using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Import;

/// <summary>An item in an import file.</summary>
public abstract record ImportItem
{
    /// <summary>The item's file, and its index if the file contains several items.</summary>
    public required string Origin { get; init; }

    /// <summary>The file's folder, relative to the import's folder; empty for that folder itself.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Warnings about content that import changed or left out.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What the item says about publishing image files, including files that it does not show.</summary>
    public IReadOnlyList<PictureItem> Pictures { get; init; } = [];
}

/// <summary>Whether and from when an image may be shown, according to its provider.</summary>
public sealed record PictureItem
{
    /// <summary>The paths of the image's files, relative to the item's folder or to the import's folder.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The time before which the image must not be shown.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>Whether the provider forbids showing the image, even where it is already public.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>The reason why the image must not be shown; null if it may be shown.</summary>
    public UserError? Refusal { get; init; }
}

/// <summary>A file, or an item in a file, that cannot be read.</summary>
public sealed record UnreadableItem : ImportItem
{
    public required UserError Reason { get; init; }

    /// <summary>The story's id at its provider; null if the item is not a story or its id cannot be read.</summary>
    public string? Id { get; init; }

    /// <summary>Whether the readable part of the item says that the provider forbids publishing the story.</summary>
    public bool IsWithheld { get; init; }
}

public sealed record ImageItem : ImportItem
{
    /// <summary>The path of the image's file, relative to the item's folder or to the import's folder.</summary>
    public required string File { get; init; }

    public MediaDescription Description { get; init; } = new();

    public ImageRights Rights { get; init; } = new();

    /// <summary>The file of the image that replaces this one when its rights end.</summary>
    public string? Substitute { get; init; }

    /// <summary>Names or slugs of tags. Missing tags are created.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

public sealed record HeroItem
{
    /// <summary>The path of the image's file.</summary>
    public required string File { get; init; }

    public string? Alt { get; init; }

    public string? Caption { get; init; }

    /// <summary>
    /// The description and rights that the story's item gives the image; null if the item contains none.
    /// </summary>
    public ImageItem? Image { get; init; }
}

public sealed record PersonaItem : ImportItem
{
    public required PersonaFields Fields { get; init; }

    /// <summary>The path of the avatar's file.</summary>
    public string? Avatar { get; init; }
}

public sealed record ToolItem : ImportItem
{
    public required ToolFields Fields { get; init; }

    /// <summary>The path of the logo's file.</summary>
    public string? Logo { get; init; }

    /// <summary>Names or slugs of tags. Missing tags are created.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

public sealed record AuthorItem : ImportItem
{
    public required TermFields Fields { get; init; }

    /// <summary>The slug; null to make it from the name.</summary>
    public string? Slug { get; init; }

    /// <summary>The path of the avatar's file.</summary>
    public string? Avatar { get; init; }
}

public sealed record FrontItem : ImportItem
{
    /// <summary>The name or slug of a category; null for the home page. A missing category is created.</summary>
    public string? Category { get; init; }

    /// <summary>The slugs of the articles, in order.</summary>
    public IReadOnlyList<string> Articles { get; init; } = [];
}

public enum ImportStatus
{
    Published,
    Draft,
}

public sealed record ArticleItem : ImportItem
{
    /// <summary>The story's id at its provider. Importing the same id again updates the same article.</summary>
    public required string Id { get; init; }

    public required string Headline { get; init; }

    public string? Slug { get; init; }

    public string? Summary { get; init; }

    public string? Byline { get; init; }

    /// <summary>Names or slugs of authors. Missing authors are created.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    public string Language { get; init; } = "en";

    /// <summary>The name or slug of a category. A missing category is created.</summary>
    public string? Category { get; init; }

    /// <summary>The name or slug of a source. A missing source is created.</summary>
    public string? Source { get; init; }

    public string? SourceUrl { get; init; }

    public DateTimeOffset? Date { get; init; }

    /// <summary>The latest of the item's dates, if its format has several. It must not be in the future.</summary>
    public DateTimeOffset? LatestDate { get; init; }

    /// <summary>Names or slugs of tags. Missing tags are created.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Names or slugs of tools. A story that names an unknown tool is rejected.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    public HeroItem? Hero { get; init; }

    public ImportStatus Status { get; init; }

    /// <summary>Whether the provider forbids publishing the story. If it is already public, it is withdrawn.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>The time at which a draft is published automatically.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>The time before which the story must not be published.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>
    /// The corrections and updates after the first publication, oldest first. If there are none, the item says nothing
    /// about them.
    /// </summary>
    public IReadOnlyList<CorrectionItem> Corrections { get; init; } = [];

    public IReadOnlyList<TakeItem> Takes { get; init; } = [];

    /// <summary>Which model drafted the text, and who edited and reviewed it.</summary>
    public TextOrigin TextOrigin { get; init; } = new();

    /// <summary>The body, in Markdown.</summary>
    public string Markdown { get; init; } = "";
}

/// <summary>A story that its provider cancelled. It must not be published, and is withdrawn if it is public.</summary>
public sealed record CanceledItem : ImportItem
{
    /// <summary>The story's id at its provider.</summary>
    public required string Id { get; init; }
}

/// <summary>A take in the file of an article.</summary>
public sealed record TakeItem
{
    /// <summary>The name or slug of a persona. An article that names an unknown persona is rejected.</summary>
    public required string Persona { get; init; }

    public required TakeContent Content { get; init; }

    /// <summary>The passage that the take refers to; null for the whole article.</summary>
    public PassageItem? Anchor { get; init; }

    /// <summary>The name or slug of the persona whose take on this article is answered; null if none is.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Which model drafted the take, and who edited and reviewed it.</summary>
    public TextOrigin Origin { get; init; } = new();
}

/// <summary>A passage of a body, as a file names it.</summary>
public sealed record PassageItem
{
    /// <summary>The words of the passage.</summary>
    public string? Quote { get; init; }

    /// <summary>
    /// The number of the block that contains the passage, such as 3, or 3.2 for the second block inside block 3; null
    /// for the first block that contains the quoted words.
    /// </summary>
    public string? Block { get; init; }
}

public sealed record FileUnreadable(string Problem) : UserError(Problem);

public sealed record UnknownKey(string Key, IReadOnlyList<string> Known)
    : UserError(
        $"Import does not know the key ‘{Key}’. {PublicationKeys.Hint(Key, Known)}Correct it, or remove it. The known keys are {string.Join(", ", Known)}."
    );

public sealed record ValueMalformed(string Key, string Expected) : UserError($"Write {Key} as {Expected}.");

public sealed record KeyMissing(string Key) : UserError($"Add the key ‘{Key}’.");

public sealed record UnknownPersona(string Name)
    : UserError($"No persona is called ‘{Name}’. Create it first, or add its file to the import.");

/// <summary>A take refers to words that the body does not contain.</summary>
/// <param name="Quote">The words.</param>
/// <param name="Block">The block that should contain them; null if the file does not name it.</param>
public sealed record PassageMissing(string Quote, string? Block)
    : UserError(
        Block is null
            ? $"The body does not contain ‘{Quote}’ in one block. Copy the words of the quote from the article, or remove the anchor."
            : $"Block {Block} of the body does not contain ‘{Quote}’. Copy the words of the quote from that block, or remove the number of the block."
    );

/// <summary>A take refers to a block that the body does not have.</summary>
/// <param name="Block">The number of the block.</param>
public sealed record BlockMissing(string Block)
    : UserError(
        $"The body has no block {Block}. Count its blocks from 1, and the blocks inside block 3 as 3.1, 3.2 and so on, or give only a quote."
    );

/// <summary>A take answers a persona that has no take on the article.</summary>
/// <param name="Persona">The persona of the reply.</param>
/// <param name="Answered">The name or slug of the persona that has no take.</param>
public sealed record ReplyWithoutTarget(string Persona, string Answered)
    : UserError(
        $"The take of {Persona} answers ‘{Answered}’, who has no take on this article. Add that take to the file, or correct or remove inReplyTo."
    );

/// <summary>A take answers itself.</summary>
/// <param name="Persona">The persona.</param>
public sealed record ReplyToItself(string Persona)
    : UserError($"The take of {Persona} answers itself. Name a different persona in inReplyTo, or remove it.");

/// <summary>A take answers a reply, or a take with replies is a reply.</summary>
/// <param name="Persona">The persona of the reply.</param>
/// <param name="Answered">The persona of the take that it answers.</param>
public sealed record ReplyToReply(string Persona, string Answered)
    : UserError(
        $"The take of {Persona} answers the take of {Answered}, but replies have only one level: a take cannot answer a reply, and a take with replies cannot be one. Correct or remove inReplyTo."
    );

public sealed record UnknownTool(string Name)
    : UserError($"No tool is called ‘{Name}’. Create it first, or add its file to the import.");

public sealed record UnknownArticle(string Slug)
    : UserError($"No article has the slug ‘{Slug}’. Create it first, or add its file to the import.");

public sealed record FrontEditedSinceImport(string Editor)
    : UserError(
        $"{Editor} changed this front here, and import never overrules an editor. Change it with saveFront, or leave the file out."
    );

public sealed record IdTaken(string Id, string Origin)
    : UserError($"{Origin} has the same id ‘{Id}’, so one would overwrite the other. Give one of them a different id.");

public sealed record ImageFileMissing(string File)
    : UserError($"There is no file {File} in the import's folder. Add it, or correct its name.");

public sealed record ImageFileMisnamed(string File)
    : UserError(
        $"‘{File}’ cannot be the name of a file in the import's folder. Use only letters, digits, dots, hyphens, underscores and slashes."
    );

public sealed record ImageRefused(string File, string Reason)
    : UserError($"The image {File} was rejected ({Reason.TrimEnd('.')}). Correct it first.");

public sealed record PictureTakenBack(string Name)
    : UserError($"The provider of the image ‘{Name}’ has withdrawn it. Remove it from everything that shows it.");

public sealed record ImageTakenBack(string File)
    : UserError(
        $"The provider of {File} has withdrawn it, but an editor changed it here, so import does not end its rights. Set expiresAt with saveMediaRights to end them."
    );

public sealed record ImageSaidTwice(string File, IReadOnlyList<string> Origins)
    : UserError($"{string.Join(" and ", Origins)} give different rights for {File}. Remove all but the correct one.");

public sealed record RemovedHere(string File)
    : UserError(
        $"{File} was removed from the library here, and import never overrules an editor. Give the file a different name to bring it back."
    );

/// <summary>Something outside the import began to show an image while the import changed it.</summary>
public sealed record ImageSharedMeanwhile(string File)
    : UserError(
        $"Something else began to show {File} while this ran, so the image was not changed. Repeat the import: it then adds an image of its own."
    );

/// <summary>Many imports have an image with the same path.</summary>
public sealed record ImagePathWornOut(string File)
    : UserError(
        $"{ImageKeys.Most} different images in use here have the path {File} already. Give the file another name, or put it in a folder, and change the files that show it."
    );

public sealed record EditedSinceImport(string Slug)
    : UserError(
        $"‘{Slug}’ was edited here since it was imported, and import never overwrites an editor. Make the change by hand."
    );

public sealed record TakeEditedSinceImport(string Persona)
    : UserError(
        $"The take of {Persona} was replaced or retracted here since it was imported, and import never overwrites an editor. Make the change by hand, or leave the take out of the file."
    );

public sealed record WithdrawnHere(string Slug)
    : UserError(
        $"‘{Slug}’ was withdrawn here, and import never overrules an editor. Publish it by hand to bring it back."
    );

public sealed record PublicationKeyUnknown(string Key)
    : UserError(
        $"‘{Key}’ may mean that the story must not be published yet, but import does not read this key. Write pubStatus as usable, withheld or canceled, or embargoedUntil as {Rfc3339.Expected}; then remove ‘{Key}’."
    );

public sealed record PublicationKeysContradict(IReadOnlyList<string> Keys)
    : UserError($"The values of {string.Join(" and ", Keys)} contradict each other. Remove all but the correct one.");

public sealed record ItemNotArticle(string Type)
    : UserError($"The type of this item is ‘{Type}’, but import reads only text and composite. Leave the item out.");

public sealed record CanceledStory(string Id)
    : UserError($"The story ‘{Id}’ was cancelled by its provider, so it was not imported. Leave it out of the import.");

public sealed record CanceledDraft(string Slug)
    : UserError($"‘{Slug}’ was cancelled by its provider, and is not published here. Leave it unpublished.");

public sealed record WithdrawnByProvider(string Slug, string Status)
    : UserError(
        $"‘{Slug}’ is published here, and its provider has {Status} it. An editor changed or published it here, and import never overrules an editor. Withdraw it by hand with withdrawArticle."
    );

public sealed record PublishedHere(string Slug)
    : UserError(
        $"‘{Slug}’ is published here, and a file with status: draft does not withdraw it. Withdraw it with withdrawArticle, set status: published to publish the new text, or add scheduledAt to publish it later."
    );

public sealed record UpdateScheduledHere(string Slug, DateTimeOffset At)
    : UserError(
        $"This text of ‘{Slug}’ is already published, and an update is scheduled for {At.InWords()}. Leave the file out, or cancel the update with unscheduleArticle."
    );

public sealed record ScheduledHere(string Slug, DateTimeOffset At)
    : UserError(
        $"An editor scheduled ‘{Slug}’ for {At.InWords()}, and import never overrules an editor. Cancel the schedule with unscheduleArticle first."
    );

/// <summary>An AI model drafted a text that the import would publish, and no trusted review approves it.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="ReviewedBy">The reviewer that the file names; null if it names none.</param>
public sealed record UnreviewedText(string Model, string? ReviewedBy)
    : UserError(
        ReviewedBy is null
            ? $"{Model} drafted this text, and the file names nobody who reviewed it. Set status: draft, and approve and publish the article here. If somebody reviewed exactly this text, add reviewedBy, and import with --trust-reviews."
            : $"{Model} drafted this text, and the file says that {ReviewedBy} reviewed it. Set status: draft, and approve and publish the article here. If you trust the file, import with --trust-reviews instead."
    );

public sealed record DateInFuture(DateTimeOffset Date)
    : UserError("The date is in the future. Set status: draft, or correct the date.");

public sealed record ScheduledAsPublished()
    : UserError("A scheduled story must be a draft. Set status: draft, or remove scheduledAt.");
