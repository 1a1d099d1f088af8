using Cms.Articles;
using Cms.Panel;
using Cms.Taxonomy;

namespace Cms.Tests.Desk;

/// <summary>An article.</summary>
internal sealed class Story
{
    public string Id { get; set; } = "";

    public required string Slug { get; set; }

    /// <summary>Whether a new headline changes the slug.</summary>
    public bool FollowsHeadline { get; set; }

    public ArticleStatus Status { get; set; }

    public ReviewState Review { get; set; }

    public Who? Assignee { get; set; }

    public Who? Reviewer { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public bool IsAssigned { get; set; }

    public bool IsTrashed { get; set; }

    public bool IsDeleted { get; set; }

    public int Version { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public List<Words> Revisions { get; } = [];

    public List<Issued> Editions { get; } = [];

    public DateTimeOffset? ScheduledAt { get; set; }

    public Words? Scheduled { get; set; }

    /// <summary>Whether the person who scheduled it acknowledged the warning.</summary>
    public bool Acknowledges { get; set; }

    public bool IsScheduleRefused { get; set; }

    public DateTimeOffset? Embargo { get; set; }

    public DateTimeOffset? WithdrawAt { get; set; }

    public Story? PlannedSuccessor { get; set; }

    public Words? Approved { get; set; }

    public List<Page> Pages { get; } = [];

    public List<Opinion> Takes { get; } = [];

    public Words Head => Revisions[^1];

    public Issued? Live => Status is ArticleStatus.Published ? Editions[^1] : null;
}

/// <summary>A revision.</summary>
internal sealed class Words
{
    public string Id { get; set; } = "";

    public int Number { get; set; }

    public required string Headline { get; init; }

    public string? Summary { get; init; }

    public string? Body { get; init; }

    public TermSet Terms { get; init; } = TermSet.None;

    public required Who Drafter { get; init; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset SavedAt { get; set; }

    public bool IsAutosave { get; init; }

    public string? Label { get; set; }

    public Words? RestoredFrom { get; init; }

    /// <summary>The model that drafted the revision, as name/version; null if a person did.</summary>
    public string? Model { get; init; }

    /// <summary>Who last edited what the model drafted.</summary>
    public Who? EditedBy { get; init; }

    /// <summary>Whether a person approved exactly this revision.</summary>
    public bool IsReviewed { get; set; }
}

/// <summary>An edition.</summary>
internal sealed record Issued(
    EditionKind Kind,
    string Slug,
    Words? Words,
    TermSet Terms,
    HashSet<(Opinion Take, int Revision)> Takes
)
{
    public Story? Successor { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Whether it was published with a warning that was acknowledged.</summary>
    public bool HasWarning { get; init; }
}

/// <summary>A category, tag, source or author.</summary>
internal sealed class Label
{
    public required TermKind Kind { get; init; }

    public required TermFields Fields { get; set; }

    public int Version { get; set; }

    public string Id { get; set; } = "";

    public required string Slug { get; set; }

    public Label? MergedInto { get; set; }

    public bool IsDeleted { get; set; }

    public bool IsGone { get; set; }

    public bool IsPublic { get; set; }
}

/// <summary>A slug that a term had.</summary>
internal sealed class FormerSlug(Label term)
{
    public Label Term => term;

    public bool WasPublic { get; set; }
}

/// <summary>A redirect.</summary>
internal sealed class Forward(string from)
{
    public string Id { get; set; } = "";

    public string From => from;

    public string To { get; set; } = "";

    public DateTimeOffset SavedAt { get; set; }
}

/// <summary>A persona.</summary>
internal sealed class Voice(string id, string name)
{
    public string Id => id;

    public string Name { get; set; } = name;

    public bool IsActive { get; set; } = true;
}

/// <summary>A take.</summary>
internal sealed class Opinion(Story story, Voice persona)
{
    public string Id { get; set; } = "";

    public Story Story => story;

    public Voice Persona => persona;

    /// <summary>The text of the newest revision.</summary>
    public string Text { get; set; } = "";

    /// <summary>The model that drafted the newest revision, as name/version; null if a person did.</summary>
    public string? Model { get; set; }

    public Who? Assignee { get; set; }

    /// <summary>The number of revisions.</summary>
    public int Revisions { get; set; }

    /// <summary>The number of the approved revision; 0 if none is.</summary>
    public int Approved { get; set; }

    public TakeStatus Status { get; set; }

    public bool IsStale { get; set; }
}

/// <summary>A comment.</summary>
internal sealed class Remark(Story story, Words words, Who author, Remark? thread)
{
    public string Id { get; set; } = "";

    public Story Story => story;

    public Words Words => words;

    public Who Author => author;

    public Remark? Thread => thread;

    public bool IsResolved { get; set; }

    public bool IsDeleted { get; set; }
}

/// <summary>A page that has an article open.</summary>
internal sealed class Page(Who who, string tab)
{
    public Who Who => who;

    public string Tab => tab;

    public bool IsHolder { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
