using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Authors;
using Cms.Data;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Desk;

// Categories, tags, sources and authors: their rows, pages and uses.
internal sealed partial class DeskRun
{
    private static Guid? TermOrFront(string id) =>
        EntityId.Parse<CategoryId>(id)?.Value
        ?? EntityId.Parse<TagId>(id)?.Value
        ?? EntityId.Parse<SourceId>(id)?.Value
        ?? EntityId.Parse<AuthorId>(id)?.Value
        ?? EntityId.Parse<FrontId>(id)?.Value;

    private async Task AssertTermRowsAsync(CmsDbContext db)
    {
        AssertKind(TermKind.Category, await db.Categories.AsNoTracking().ToListAsync());
        AssertKind(TermKind.Tag, await db.Tags.AsNoTracking().ToListAsync());
        AssertKind(TermKind.Source, await db.Sources.AsNoTracking().ToListAsync());
        AssertKind(TermKind.Author, await db.Authors.AsNoTracking().ToListAsync());
        Equal(
            "the former slugs",
            _model.Shelves.Values.SelectMany(shelf =>
                shelf
                    .FormerSlugs.Where(x => !x.Value.Term.IsGone)
                    .Select(x => $"{shelf.Kind} {x.Key} {x.Value.WasPublic}")
            ),
            (await db.TermSlugs.AsNoTracking().ToListAsync())
                .Where(s => Exists(s.TermId.Value))
                .Select(s => $"{s.Kind} {s.Slug} {s.WasPublic}")
        );

        void AssertKind<TId>(TermKind kind, IEnumerable<Term<TId>> rows)
            where TId : struct, IEntityId<TId> =>
            Equal(
                $"the rows of kind {kind}",
                _model
                    .Shelves[kind]
                    .Terms.Where(term => !term.IsGone)
                    .Select(term =>
                        $"{term.Id} {term.Slug} {term.MergedInto?.Id} {term.IsDeleted} {term.IsPublic} version {term.Version} {Text(term.Fields)}"
                    ),
                rows.Select(term =>
                    $"{term.Id} {term.Slug} {term.MergedInto} {term.DeletedAt is not null} {term.FirstPublishedAt is not null} version {term.Version} {Text(term.ToFields())}"
                )
            );

        // A record of a slug can outlive a term that readers never saw.
        bool Exists(Guid id) =>
            _model.Shelves.Values.Any(shelf => shelf.Terms.Exists(term => !term.IsGone && TermOrFront(term.Id) == id));

        static string Text(TermFields fields) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{fields.Name} {fields.Order} {fields.Colour} {fields.Homepage} {fields.Bio}"
            );
    }

    /// <summary>Returns the terms of each edition, as the rows store them.</summary>
    private static async Task<Func<Edition, string>> TermsOfEditionsAsync(CmsDbContext db)
    {
        var tags = (await db.EditionTags.AsNoTracking().OrderBy(t => t.Ordinal).ToListAsync()).ToLookup(t =>
            t.EditionId
        );
        var authors = (await db.EditionAuthors.AsNoTracking().OrderBy(a => a.Ordinal).ToListAsync()).ToLookup(a =>
            a.EditionId
        );
        return edition =>
            Terms(
                $"{edition.Content?.CategoryId}",
                $"{edition.Content?.SourceId}",
                tags[edition.Id].Select(tag => tag.TagId.ToString()),
                authors[edition.Id].Select(author => author.AuthorId.ToString())
            );
    }

    private static string Terms(ArticleContent content) =>
        Terms(
            $"{content.CategoryId}",
            $"{content.SourceId}",
            content.Tags.Select(tag => tag.ToString()),
            content.Authors.Select(author => author.ToString())
        );

    private static string Terms(JsonNode article) =>
        Terms(
            $"{article["category"]?["id"]}",
            $"{article["source"]?["publication"]!["id"]}",
            article["tags"]!.AsArray().Select(tag => (string)tag!["id"]!),
            article["authors"]!.AsArray().Select(author => (string)author!["id"]!)
        );

    // The same text as of TermSet.
    private static string Terms(
        string category,
        string source,
        IEnumerable<string> tags,
        IEnumerable<string> authors
    ) => $"category {category}, source {source}, tags {string.Join(',', tags)}, authors {string.Join(',', authors)}";

    private static IEnumerable<string> SlugsOf(Shelf shelf) =>
        shelf.Terms.Select(term => term.Slug).Concat(shelf.FormerSlugs.Keys).Distinct(StringComparer.Ordinal);

    // The page of a term, under its slug, its earlier slugs and its id, and the lists of terms.
    private async Task AssertTermPagesAsync()
    {
        foreach (var shelf in _model.Shelves.Values)
        {
            var (name, plural) = (NameOf(shelf.Kind), PluralOf(shelf.Kind));
            await EachAsync(
                SlugsOf(shelf),
                slug => $"{name}(slug: \"{slug}\") {{ id slug name articles(first: 100) {{ nodes {{ id }} }} }}",
                (slug, page) =>
                {
                    var term = shelf.Find(slug);
                    Assert.Equal(
                        term is null ? null : $"{term.Id} {term.Slug} {term.Fields.Name}",
                        page is null ? null : $"{page["id"]} {page["slug"]} {page["name"]}"
                    );
                    Equal(
                        $"the articles of {name} {slug}",
                        _model
                            .Present.Where(s => s.Live is { } live && term is not null && live.Terms.Has(term))
                            .Select(s => s.Id),
                        page?["articles"]!["nodes"]!.AsArray().Select(article => (string)article!["id"]!) ?? []
                    );
                }
            );
            await EachAsync(
                shelf.Terms,
                term => $"node(id: \"{term.Id}\") {{ id }}",
                (term, node) =>
                    Assert.Equal(DeskModel.Live(term) is { IsPublic: true } now ? now.Id : null, (string?)node?["id"])
            );
            var listed = $"{plural}(first: 100) {{ totalCount nodes {{ id }} }}";
            var current = shelf.Terms.FindAll(term => shelf.Missing(term) is null);
            AssertListed(
                (await ReadAsync(Viewer.Anonymous, $"{{ {listed} }}"))[plural]!,
                current.FindAll(t => t.IsPublic)
            );
            AssertListed((await ReadAsync(People[Who.Arlo], $"{{ desk {{ {listed} }} }}"))["desk"]![plural]!, current);

            void AssertListed(JsonNode page, List<Label> terms)
            {
                Assert.Equal(terms.Count, (int)page["totalCount"]!);
                Assert.Equal(
                    terms
                        .OrderBy(term => shelf.Kind is TermKind.Category ? term.Fields.Order : 0)
                        .ThenBy(term => term.Slug, StringComparer.Ordinal)
                        .Select(term => term.Id),
                    page["nodes"]!.AsArray().Select(term => (string)term!["id"]!)
                );
            }
        }
    }

    /// <summary>What an editor reads before deleting a term, or withdrawing an article.</summary>
    private async Task AssertUsesAsync()
    {
        foreach (var shelf in _model.Shelves.Values)
        {
            await AssertAsync(
                shelf.Terms.FindAll(term => shelf.Missing(term) is null),
                NameOf(shelf.Kind),
                term => term.Id,
                _model.UsesOf
            );
        }

        await AssertAsync(_model.Present.ToList(), "article", story => story.Id, _model.UsesOf);

        Task AssertAsync<T>(List<T> all, string field, Func<T, string> id, Func<T, Dictionary<UsageKind, int>> uses) =>
            EachAsync(
                all,
                one => $"desk {{ {field}(id: \"{id(one)}\") {{ usedBy {{ totalCount counts {{ kind count }} }} }} }}",
                (one, desk) =>
                {
                    var found = desk![field]!["usedBy"]!;
                    var expected = uses(one);
                    Equal(
                        $"the uses of {field} {id(one)}",
                        expected.Select(use => Text($"{use.Key} {use.Value}")),
                        found["counts"]!.AsArray().Select(use => $"{Pascal(use!["kind"])} {use["count"]}")
                    );
                    Assert.Equal(expected.Values.Sum(), (int)found["totalCount"]!);
                },
                People[Who.Erin]
            );
    }

    private static string NameOf(TermKind kind) => kind.ToString().ToLowerInvariant();

    private static string PluralOf(TermKind kind) => kind is TermKind.Category ? "categories" : $"{NameOf(kind)}s";
}
