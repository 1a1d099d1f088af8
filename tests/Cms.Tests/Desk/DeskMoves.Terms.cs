using Cms.People;
using Cms.Taxonomy;

namespace Cms.Tests.Desk;

// Categories, tags, sources and authors, and the articles that have them.
internal sealed partial class DeskMoves
{
    private const int Kinds = 4;

    private Move? ForTerm(Step step)
    {
        var shelf = model.Shelves[(TermKind)(step.Value % Kinds)];
        var number = step.Value / Kinds;
        if (step.Act is Act.CreateTerm)
        {
            return CreateTerm(step, shelf, number);
        }

        if (Pick(shelf.Kind, step.Target) is not { } term)
        {
            return null;
        }

        switch (step.Act)
        {
            case Act.EditTerm:
                var edit = EditOf(shelf.Kind, number);
                return Change("edit", edit.Input, () => shelf.Edit(term, edit.Apply(term.Fields)));
            case Act.RenameTerm:
                var slug = TermSlugOf(shelf.Kind, number);
                return Change("rename", new() { ["slug"] = slug }, () => shelf.Rename(term, slug));
            case Act.MergeTerms:
                var into = Pick(shelf.Kind, number)!;
                if (into == term && number % 7 > 0)
                {
                    into = Pick(shelf.Kind, number + 1)!;
                }

                var merge = Change("merge", new() { ["into"] = into.Id }, () => shelf.Merge(term, into));
                return into == term ? merge with { Apply = () => ["TermMergedIntoItself"] } : merge;
            case Act.DeleteTerm:
                return Change("delete", [], () => shelf.Delete(term));
            default:
                return null;
        }

        Move Change(string verb, Dictionary<string, object?> input, Func<List<string>> apply)
        {
            input[verb == "merge" ? "from" : "id"] = term.Id;
            if (step.Version is not Version.None)
            {
                input["expectedVersion"] = step.Version is Version.Stale ? term.Version - 1 : term.Version;
            }

            return new Move(
                $"{verb}{(verb == "merge" ? Plural(shelf.Kind) : shelf.Kind)}",
                input,
                $"{NameOf(shelf.Kind)} {{ id }}",
                Role.Editor,
                () =>
                    shelf.Missing(term) is { } missing ? [missing]
                    : step.Version is Version.Stale ? ["VersionConflict"]
                    : apply()
            );
        }
    }

    private static Move CreateTerm(Step step, Shelf shelf, int number)
    {
        var (kind, name) = (shelf.Kind, NameOf(shelf.Kind));
        var slug = number % 3 == 0 ? TermSlugOf(kind, step.Target) : null;
        var given = EditOf(kind, number);
        given.Input["name"] = number % 11 == 10 ? "" : TermSlugOf(kind, number);
        if (slug is not null)
        {
            given.Input["slug"] = slug;
        }

        var fields = given.Apply(new TermFields { Name = "" });
        Label? made = null;
        return new Move(
            $"create{kind}",
            given.Input,
            $"{name} {{ id }}",
            Role.Editor,
            () => shelf.Create(slug, fields, out made)
        )
        {
            Made = payload => made!.Id = (string)payload[name]!["id"]!,
        };
    }

    /// <summary>Returns the fields to send, and what they do to the fields of a term.</summary>
    private static (Dictionary<string, object?> Input, Func<TermFields, TermFields> Apply) EditOf(
        TermKind kind,
        int number
    )
    {
        Dictionary<string, object?> input = [];
        if (number % 3 == 0)
        {
            input["name"] = number % 13 == 0 ? "" : $"Name {number % 5}";
        }

        var isEmptied = number % 4 == 0;
        switch (kind)
        {
            case TermKind.Category:
                if (number % 2 == 0)
                {
                    input["order"] = isEmptied ? null : number % 3;
                }

                if (number % 3 == 1)
                {
                    input["colour"] =
                        isEmptied ? null
                        : number % 7 == 0 ? Shelf.Malformed
                        : $"#0A7D5{number % 4}";
                }

                break;
            case TermKind.Source when number % 3 != 0:
                input["homepage"] =
                    isEmptied ? null
                    : number % 7 == 0 ? Shelf.Malformed
                    : $"https://example.com/{number % 4}";
                break;
            case TermKind.Author when number % 3 != 0:
                input["bio"] = isEmptied ? null : $"Writes about chips since {number % 4}.";
                break;
        }

        return (
            input,
            fields =>
                fields with
                {
                    Name = input.TryGetValue("name", out var name) ? (string)name! : fields.Name,
                    Order = input.TryGetValue("order", out var order) ? (int?)order ?? 0 : fields.Order,
                    Colour = input.TryGetValue("colour", out var colour) ? (string?)colour : fields.Colour,
                    Homepage = input.TryGetValue("homepage", out var homepage) ? (string?)homepage : fields.Homepage,
                    Bio = input.TryGetValue("bio", out var bio) ? (string?)bio : fields.Bio,
                }
        );
    }

    // Mostly a current term, and sometimes one that was merged or deleted.
    private Label? Pick(TermKind kind, int number)
    {
        var all = model.Shelves[kind].Terms;
        var current = all.FindAll(term => model.Shelves[kind].Missing(term) is null);
        var choices = number % 5 == 4 || current.Count == 0 ? all : current;
        return choices.Count == 0 ? null : choices[number % choices.Count];
    }

    // What is not sent stays as it is.
    private SentTerms TermsOf(Step step)
    {
        var (target, value) = (step.Target, step.Value);
        return new SentTerms
        {
            Category = value % 5 == 0 ? null : [Pick(TermKind.Category, target + value % 5)],
            Source = value % 7 < 3 ? null : [value % 7 == 3 ? null : Pick(TermKind.Source, target + value % 7)],
            Tags = value % 4 == 0 ? null : Several(TermKind.Tag, value % 4 - 1),
            Authors = value % 3 == 0 ? null : Several(TermKind.Author, 2 * (value % 3) - 1),
        };

        List<Label> Several(TermKind kind, int count) =>
            [.. Enumerable.Range(target, count).Select(i => Pick(kind, i)).OfType<Label>()];
    }

    private static Dictionary<string, object?> Acknowledge(
        bool acknowledges,
        params ReadOnlySpan<(string Field, object? Value)> others
    )
    {
        Dictionary<string, object?> input = [];
        foreach (var (field, value) in others)
        {
            input[field] = value;
        }

        if (acknowledges)
        {
            input["acknowledge"] = (string[])["CATEGORY"];
        }

        return input;
    }

    private string TermPathOf(int number)
    {
        var kind = (TermKind)(number % Kinds);
        return model.Shelves[kind].Path + TermSlugOf(kind, number / Kinds);
    }

    private static string TermSlugOf(TermKind kind, int number) =>
        number % 20 == 19 ? "search" : $"{NameOf(kind)}-{number % 6}";

    private static string NameOf(TermKind kind) => kind.ToString().ToLowerInvariant();

    private static string Plural(TermKind kind) => kind is TermKind.Category ? "Categories" : $"{kind}s";
}

/// <summary>The terms that a client sends for an article. Null means that it does not send the field.</summary>
internal sealed class SentTerms
{
    /// <summary>The category in a list of one; null in it for none.</summary>
    public IReadOnlyList<Label?>? Category { get; init; }

    /// <summary>The source in a list of one; null in it for none.</summary>
    public IReadOnlyList<Label?>? Source { get; init; }

    public IReadOnlyList<Label>? Tags { get; init; }

    public IReadOnlyList<Label>? Authors { get; init; }

    public Dictionary<string, object?> AddTo(Dictionary<string, object?> input)
    {
        if (Category is [var category])
        {
            input["category"] = category?.Id;
        }

        if (Source is [var source])
        {
            input["source"] = source?.Id;
        }

        if (Tags is not null)
        {
            input["tags"] = Tags.Select(tag => tag.Id);
        }

        if (Authors is not null)
        {
            input["authors"] = Authors.Select(author => author.Id);
        }

        return input;
    }

    /// <summary>Returns an error for each kind with a term that no longer exists.</summary>
    public List<string> Refusals() =>
        [
            .. new[] { Category, Source, Tags, Authors }
                .SelectMany(terms => terms ?? [])
                .OfType<Label>()
                .Where(term => DeskModel.Live(term) is null)
                .Select(term => $"{term.Kind}NotFound")
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Returns the terms that an article has after it had these.</summary>
    public TermSet On(TermSet current) =>
        new TermSet
        {
            Category = Category is [var category] ? category : current.Category,
            Source = Source is [var source] ? source : current.Source,
            Tags = Tags ?? current.Tags,
            Authors = Authors ?? current.Authors,
        }.Live();
}
