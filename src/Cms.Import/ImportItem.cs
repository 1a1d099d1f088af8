using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Tools;

namespace Cms.Import;

/// <summary>One thing that a file holds.</summary>
public abstract record ImportItem
{
    /// <summary>The file it stands in, and where several do, which of them.</summary>
    public required string Origin { get; init; }

    /// <summary>The folder that the file stands in, below the import's own; empty for that one.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What could not be kept as it was written.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What it says of publishing image files, of those too that it does not show.</summary>
    public IReadOnlyList<PictureItem> Pictures { get; init; } = [];
}

/// <summary>Whether and from when an image may be shown, as its provider says.</summary>
public sealed record PictureItem
{
    /// <summary>Its files, by their paths from where the item stands, or from the import's folder.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Nobody shows it before this time.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>Its provider forbids showing it, also where it is shown already.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>Why nothing may show it; null when something may.</summary>
    public UserError? Refusal { get; init; }
}

/// <summary>A file, or an item of one, that cannot be read.</summary>
public sealed record UnreadableItem : ImportItem
{
    public required UserError Reason { get; init; }

    /// <summary>The story's id where it comes from; null where the item is no story, or not even that can be read.</summary>
    public string? Id { get; init; }

    /// <summary>Whether its provider forbids publishing the story, which can be read though the rest cannot.</summary>
    public bool IsWithheld { get; init; }
}

public sealed record ImageItem : ImportItem
{
    /// <summary>The image's file, by its path from where the item stands, or from the import's folder.</summary>
    public required string File { get; init; }

    public MediaDescription Description { get; init; } = new();

    public ImageRights Rights { get; init; } = new();

    /// <summary>The file of what stands in for it when its rights have ended.</summary>
    public string? Substitute { get; init; }

    /// <summary>By name or slug; unknown ones are made.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>An image at the head of a story.</summary>
public sealed record HeroItem
{
    /// <summary>Its file.</summary>
    public required string File { get; init; }

    public string? Alt { get; init; }

    public string? Caption { get; init; }

    /// <summary>What the story's item says of the image itself; null when that stands elsewhere, or in the file.</summary>
    public ImageItem? Image { get; init; }
}

public sealed record PersonaItem : ImportItem
{
    public required PersonaFields Fields { get; init; }

    /// <summary>The file of its picture.</summary>
    public string? Avatar { get; init; }
}

public sealed record ToolItem : ImportItem
{
    public required ToolFields Fields { get; init; }

    /// <summary>The file of its logo.</summary>
    public string? Logo { get; init; }

    /// <summary>By name or slug; unknown ones are made.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

public enum ImportStatus
{
    Published,
    Draft,
}

public sealed record ArticleItem : ImportItem
{
    /// <summary>The story's id where it comes from: the same again is the same article.</summary>
    public required string Id { get; init; }

    public required string Headline { get; init; }

    public string? Slug { get; init; }

    public string? Summary { get; init; }

    public string? Byline { get; init; }

    public string Language { get; init; } = "en";

    /// <summary>By name or slug; an unknown one is made.</summary>
    public string? Category { get; init; }

    /// <summary>By name or slug; an unknown one is made.</summary>
    public string? Source { get; init; }

    public string? SourceUrl { get; init; }

    public DateTimeOffset? Date { get; init; }

    /// <summary>The latest of its dates, where it has several: a story of a time to come is not published.</summary>
    public DateTimeOffset? LatestDate { get; init; }

    /// <summary>By name or slug; unknown ones are made.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>By name or slug; unknown ones are refused.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    public HeroItem? Hero { get; init; }

    public ImportStatus Status { get; init; }

    /// <summary>Whether its provider forbids publishing it until further notice, and wants it withdrawn where it is published.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>When a draft goes before readers by itself.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>Nobody publishes it before this time.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    public IReadOnlyList<TakeItem> Takes { get; init; } = [];

    /// <summary>The body, in Markdown.</summary>
    public string Markdown { get; init; } = "";
}

/// <summary>A story that its provider canceled: it must not be published, and must be withdrawn where it is.</summary>
public sealed record CanceledItem : ImportItem
{
    /// <summary>The story's id where it comes from.</summary>
    public required string Id { get; init; }
}

/// <summary>A take that comes with an article.</summary>
public sealed record TakeItem
{
    /// <summary>By name or slug; an unknown one is refused.</summary>
    public required string Persona { get; init; }

    public required TakeContent Content { get; init; }
}

public sealed record FileUnreadable(string Problem) : UserError(Problem);

public sealed record UnknownKey(string Key, IReadOnlyList<string> Known)
    : UserError(
        $"‘{Key}’ is not a key that import knows. {PublicationKeys.Hint(Key, Known)}Correct it, or take it out; it knows {string.Join(", ", Known)}."
    );

public sealed record ValueMalformed(string Key, string Expected) : UserError($"Write {Key} as {Expected}.");

public sealed record KeyMissing(string Key) : UserError($"Add the key ‘{Key}’.");

public sealed record UnknownPersona(string Name)
    : UserError($"No persona is called ‘{Name}’. Create it first, or add its file to the import.");

public sealed record UnknownTool(string Name)
    : UserError($"No tool is called ‘{Name}’. Create it first, or add its file to the import.");

public sealed record IdTaken(string Id, string Origin)
    : UserError($"{Origin} has the id ‘{Id}’ too, and one would overwrite the other. Give one of them another id.");

public sealed record ImageFileMissing(string File)
    : UserError($"There is no file {File} in the import's folder. Add it, or correct its name.");

public sealed record ImageFileMisnamed(string File)
    : UserError(
        $"‘{File}’ does not name a file of the import's folder. Name it by letters, digits, dots, hyphens, underscores and slashes."
    );

public sealed record ImageRefused(string File, string Reason)
    : UserError($"Correct its image {File} first: it was refused ({Reason.TrimEnd('.')}).");

public sealed record PictureTakenBack(string Name)
    : UserError($"The provider of the picture ‘{Name}’ has taken it back. Remove it from everything that shows it.");

public sealed record ImageTakenBack(string File)
    : UserError(
        $"The provider of {File} has taken it back, and an editor changed it here, so import does not end its rights. Set expiresAt with saveMediaRights to end them."
    );

public sealed record ImageSaidTwice(string File, IReadOnlyList<string> Origins)
    : UserError(
        $"{string.Join(" and ", Origins)} give {File} different rights, and nobody knows which are right. Leave out all but one of them."
    );

public sealed record RemovedHere(string File)
    : UserError(
        $"{File} was taken out of the library here, and import never overrules an editor. Give the file another name if it should come back."
    );

public sealed record EditedSinceImport(string Slug)
    : UserError(
        $"‘{Slug}’ was edited here since it was imported, and import never overwrites an editor. Save the change by hand."
    );

public sealed record WithdrawnHere(string Slug)
    : UserError(
        $"‘{Slug}’ was withdrawn here, and import never overrules an editor. Publish it by hand if it should come back."
    );

public sealed record PublicationKeyUnknown(string Key)
    : UserError(
        $"‘{Key}’ may say that the story is not to be published yet, and import does not read it. Write pubStatus as usable, withheld or canceled, or embargoedUntil as {Rfc3339.Expected}; then take ‘{Key}’ out."
    );

public sealed record PublicationKeysContradict(IReadOnlyList<string> Keys)
    : UserError(
        $"The values of {string.Join(" and ", Keys)} contradict each other. Leave out all but the one that is right."
    );

public sealed record CanceledStory(string Id)
    : UserError($"The story ‘{Id}’ was canceled by its provider, so it was not imported. Leave it out of the import.");

public sealed record CanceledDraft(string Slug)
    : UserError($"‘{Slug}’ was canceled by its provider, and is not published here. Leave it unpublished.");

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
        $"Readers see these words of ‘{Slug}’ already, and an update is scheduled for {At.InWords()}. Leave the file out to keep the schedule, or end it with unscheduleArticle."
    );

public sealed record ScheduledHere(string Slug, DateTimeOffset At)
    : UserError(
        $"An editor scheduled ‘{Slug}’ for {At.InWords()}, and import never overrules an editor. Remove it from the schedule with unscheduleArticle first."
    );

public sealed record DateInFuture(DateTimeOffset Date)
    : UserError("Its date lies in the future. Set status: draft, or correct the date.");

public sealed record ScheduledAsPublished()
    : UserError(
        "A story that goes before readers later is a draft until then. Set status: draft, or take scheduledAt out."
    );
