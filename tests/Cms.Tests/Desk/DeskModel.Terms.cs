using Cms.Changes;
using Cms.References;
using Cms.Taxonomy;

namespace Cms.Tests.Desk;

// Categories, tags, sources and authors.
internal sealed partial class DeskModel
{
    public DeskModel() =>
        Shelves = Enum.GetValues<TermKind>().ToDictionary(kind => kind, kind => new Shelf(kind, this));

    /// <summary>The terms of each kind.</summary>
    public IReadOnlyDictionary<TermKind, Shelf> Shelves { get; }

    public List<Label> Tags => Shelves[TermKind.Tag].Terms;

    /// <summary>Returns the number of uses of each kind, without those that have none.</summary>
    public Dictionary<UsageKind, int> UsesOf(Label term) =>
        Counts(
            (UsageKind.Article, Present.Count(story => story.Live is { } live && live.Terms.Has(term))),
            (UsageKind.WorkingCopy, Present.Count(story => story.Head.Terms.Has(term))),
            (UsageKind.Schedule, Present.Count(story => story.Scheduled is { } words && words.Terms.Has(term))),
            (UsageKind.Front, Fronts.Count(front => front.Category == term && front.Stories.Count > 0))
        );

    private static Dictionary<UsageKind, int> Counts(params ReadOnlySpan<(UsageKind Kind, int Count)> uses)
    {
        Dictionary<UsageKind, int> counts = [];
        foreach (var (kind, count) in uses)
        {
            if (count > 0)
            {
                counts.Add(kind, count);
            }
        }

        return counts;
    }
}

/// <summary>The terms of one kind, and what each operation on them does.</summary>
internal sealed class Shelf(TermKind kind, DeskModel desk)
{
    /// <summary>A colour and a home page that are malformed.</summary>
    public const string Malformed = "green";

    public TermKind Kind => kind;

    public List<Label> Terms { get; } = [];

    public Dictionary<string, FormerSlug> FormerSlugs { get; } = new(StringComparer.Ordinal);

    /// <summary>The beginning of the paths of the terms.</summary>
    public string Path =>
        kind switch
        {
            TermKind.Category => "/categories/",
            TermKind.Tag => "/tags/",
            TermKind.Source => "/sources/",
            _ => "/authors/",
        };

    private ChangeKind Changed =>
        kind switch
        {
            TermKind.Category => ChangeKind.CategoryChanged,
            TermKind.Tag => ChangeKind.TagChanged,
            TermKind.Source => ChangeKind.SourceChanged,
            _ => ChangeKind.AuthorChanged,
        };

    /// <summary>Returns the public term that has this slug, or had it when it was public.</summary>
    public Label? Find(string slug)
    {
        if (Terms.Find(term => !term.IsGone && term.Slug == slug && term.IsPublic) is { } found)
        {
            return found;
        }

        return
            FormerSlugs.TryGetValue(slug, out var former)
            && former is { WasPublic: true, Term.IsGone: false }
            && (former.Term.MergedInto ?? former.Term) is { IsPublic: true } now
            ? now
            : null;
    }

    public string? Missing(Label term) =>
        term.IsGone || term.IsDeleted ? $"{kind}NotFound"
        : term.MergedInto is not null ? "TermMerged"
        : null;

    public List<string> Create(string? slug, TermFields fields, out Label? made)
    {
        made = null;
        if (Refusals(fields) is [_, ..] refusals)
        {
            return refusals;
        }

        var wanted = slug ?? fields.Name;
        var deleted = Terms.Find(term =>
            !term.IsGone && term.Slug == wanted && term is { IsDeleted: true, MergedInto: null }
        );
        if (Claim(wanted, deleted) is { } refusal)
        {
            return [refusal];
        }

        made = deleted;
        if (made is null)
        {
            made = new Label
            {
                Kind = kind,
                Slug = wanted,
                Fields = fields,
            };
            Terms.Add(made);
        }

        (made.Fields, made.IsDeleted) = (Stored(fields), false);
        made.Version++;
        return [];
    }

    public List<string> Edit(Label term, TermFields fields)
    {
        if (Refusals(fields) is [_, ..] refusals)
        {
            return refusals;
        }

        var before = term.Fields;
        term.Fields = Stored(fields);
        if (term.Fields != before)
        {
            term.Version++;
            AnnounceIfPublic(term);
        }

        return [];
    }

    public List<string> Rename(Label term, string slug)
    {
        if (slug == term.Slug)
        {
            return [];
        }

        if (Claim(slug, term) is { } refusal)
        {
            return [refusal];
        }

        RecordSlug(term);
        term.Slug = slug;
        term.Version++;
        AnnounceIfPublic(term);
        return [];
    }

    public List<string> Merge(Label from, Label into)
    {
        if (Missing(into) is { } missing)
        {
            return [missing];
        }

        desk.RemoveFront(from);
        Terms.FindAll(term => term.MergedInto == from).ForEach(alias => alias.MergedInto = into);
        if (from.IsPublic)
        {
            RecordSlug(from);
            AnnounceIfPublic(from);
        }

        into.IsPublic |= from.IsPublic;
        (from.MergedInto, from.IsPublic) = (into, false);
        from.Version++;
        into.Version++;
        AnnounceIfPublic(into);
        return [];
    }

    public List<string> Delete(Label term)
    {
        if (desk.UsesOf(term).Count > 0)
        {
            return [$"{kind}InUse"];
        }

        desk.RemoveFront(term);
        if (term.IsPublic)
        {
            RecordSlug(term);
            AnnounceIfPublic(term);
        }

        (term.IsDeleted, term.IsPublic) = (true, false);
        term.Version++;
        return [];
    }

    public void AnnounceIfPublic(Label term)
    {
        if (term.IsPublic)
        {
            desk.Changes.Add((Changed, () => term.Id));
        }
    }

    private static List<string> Refusals(TermFields fields)
    {
        List<string> refusals = [];
        if (fields.Name.Length == 0)
        {
            refusals.Add("TermNameRequired");
        }

        if (fields.Colour is Malformed)
        {
            refusals.Add("ColourMalformed");
        }

        if (fields.Homepage is Malformed)
        {
            refusals.Add("UrlMalformed");
        }

        return refusals;
    }

    private static TermFields Stored(TermFields fields) => fields with { Colour = fields.Colour?.ToLowerInvariant() };

    // A slug stays with the term that readers saw under it.
    private string? Claim(string slug, Label? by)
    {
        if (slug == "search")
        {
            return "SlugReserved";
        }

        if (FormerSlugs.TryGetValue(slug, out var former) && former.WasPublic && former.Term != by)
        {
            return "SlugTaken";
        }

        if (Terms.Find(term => !term.IsGone && term.Slug == slug && term != by) is { } holder)
        {
            if (
                !holder.IsDeleted
                || holder.MergedInto is not null
                || FormerSlugs.Values.Any(f => f.Term == holder && f.WasPublic)
            )
            {
                return "SlugTaken";
            }

            holder.IsGone = true;
            Terms.FindAll(term => term.MergedInto == holder).ForEach(alias => alias.IsGone = true);
        }

        if (former is { WasPublic: false })
        {
            FormerSlugs.Remove(slug);
        }

        return null;
    }

    private void RecordSlug(Label term)
    {
        if (FormerSlugs.TryGetValue(term.Slug, out var known))
        {
            known.WasPublic |= term.IsPublic;
        }
        else
        {
            FormerSlugs.Add(term.Slug, new FormerSlug(term) { WasPublic = term.IsPublic });
        }
    }
}

/// <summary>The terms of a revision or of an edition.</summary>
internal sealed record TermSet
{
    public static TermSet None { get; } = new();

    public Label? Category { get; init; }

    public Label? Source { get; init; }

    public IReadOnlyList<Label> Tags { get; init; } = [];

    /// <summary>The authors, in the order to show them.</summary>
    public IReadOnlyList<Label> Authors { get; init; } = [];

    public IEnumerable<Label> All => [.. new[] { Category, Source }.OfType<Label>(), .. Tags, .. Authors];

    /// <summary>Whether this has a term now, because it had it from the beginning or because of a merge.</summary>
    public bool Has(Label term) => DeskModel.Live(All).Contains(term);

    /// <summary>Returns the terms as they are now, without those that no longer exist.</summary>
    public TermSet Live() => Map(DeskModel.Live);

    /// <summary>Returns the terms as earlier editions show them: a deleted term keeps its name.</summary>
    public TermSet Shown() => Map(term => term.MergedInto ?? term);

    public override string ToString() =>
        $"category {Category?.Id}, source {Source?.Id}, tags {Ids(Tags)}, authors {Ids(Authors)}";

    private TermSet Map(Func<Label, Label?> now) =>
        new()
        {
            Category = Category is null ? null : now(Category),
            Source = Source is null ? null : now(Source),
            Tags = [.. Tags.Select(now).OfType<Label>().Distinct()],
            Authors = [.. Authors.Select(now).OfType<Label>().Distinct()],
        };

    private static string Ids(IEnumerable<Label> terms) => string.Join(',', terms.Select(term => term.Id));
}
