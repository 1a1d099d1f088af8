using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Changes;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.Testing;
using Cms.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Fronts;

/// <summary>Editors choose the articles of the home page and of each category, and readers see the published ones.</summary>
public sealed class FrontTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private readonly Terms _terms = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Fact]
    public async Task Readers_see_the_published_articles_in_order_and_the_desk_sees_all()
    {
        var (first, last) = (await Newsroom.PublishedAsync(), await Newsroom.PublishedAsync());
        var draft = await Newsroom.DraftAsync();
        var (category, slug) = await PublicCategoryAsync();

        var saved = await SaveAsync(category, last.Id, draft.Id, first.Id);

        Assert.Empty(GraphQLClient.Refusals(saved));
        Assert.Equal([last.Id, first.Id], await ReadAsync(slug));
        var desk = await DeskAsync(category);
        Assert.Equal(
            [$"{last.Id} PUBLISHED", $"{draft.Id} DRAFT", $"{first.Id} PUBLISHED"],
            desk["articles"]!.AsArray().Select(article => $"{article!["id"]} {article["status"]}")
        );
        Assert.Equal(
            (1, "Erin", category),
            ((int)desk["version"]!, (string)desk["updatedBy"]!, (string)desk["categoryId"]!)
        );

        await Newsroom.PublishAsync(draft.Id);
        Assert.Equal([last.Id, draft.Id, first.Id], await ReadAsync(slug));
        await WithdrawAsync(last.Id, acknowledge: true);
        Assert.Equal([draft.Id, first.Id], await ReadAsync(slug));
    }

    [Fact]
    public async Task The_desk_that_was_read_before_a_change_shows_the_change_when_it_is_read_again()
    {
        var (first, last) = (await Newsroom.PublishedAsync(), await Newsroom.PublishedAsync());
        var (category, _) = await PublicCategoryAsync();
        await SaveAsync(category, first.Id);
        Assert.Equal(1, (int)(await DeskAsync(category))["version"]!);

        await SaveAsync(category, last.Id, first.Id);

        var desk = await DeskAsync(category);
        Assert.Equal(2, (int)desk["version"]!);
        Assert.Equal(2, desk["articles"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_home_page_has_its_own_front()
    {
        var article = await Newsroom.PublishedAsync();

        Assert.Empty(GraphQLClient.Refusals(await SaveAsync(null, article.Id)));

        Assert.Equal([article.Id], await ReadAsync(null));
        var front = (await _terms.AskAsync("{ front { category { slug } updatedAt } }"))["front"]!;
        Assert.Null(front["category"]);
        Assert.NotNull(front["updatedAt"]);
        Assert.Empty(GraphQLClient.Refusals(await SaveAsync(null)));
        Assert.Empty(await ReadAsync(null));
    }

    [Fact]
    public async Task There_is_no_front_for_a_category_that_is_unknown_hidden_or_has_none()
    {
        var (hidden, hiddenSlug) = await _terms.CreateAsync("category");
        var (_, bareSlug) = await PublicCategoryAsync();
        Assert.Empty(GraphQLClient.Refusals(await SaveAsync(hidden, (await Newsroom.PublishedAsync()).Id)));

        foreach (var slug in new[] { hiddenSlug, bareSlug, Terms.NewSlug() })
        {
            Assert.Null((await _terms.AskAsync($"{{ front(category: \"{slug}\") {{ updatedAt }} }}"))["front"]);
        }
    }

    [Fact]
    public async Task A_list_that_cannot_be_shown_is_rejected_with_the_place_of_each_error()
    {
        var article = await Newsroom.PublishedAsync();
        var trashed = await Newsroom.DraftAsync();
        await TrashAsync(trashed.Id);
        var unknown = ArticleId.New();

        Assert.Equal(
            ["ArticleTwiceOnFrontError at articles.1"],
            GraphQLClient.Refusals(await SaveAsync(null, article.Id, article.Id))
        );
        Assert.Equal(
            ["FrontTooLongError at articles"],
            GraphQLClient.Refusals(await SaveAsync(null, [.. Enumerable.Range(0, 21).Select(_ => ArticleId.New())]))
        );
        Assert.Equal(
            ["ArticleTrashedError at articles.0", "ArticleNotFoundError at articles.2"],
            GraphQLClient.Refusals(await SaveAsync(null, trashed.Id, article.Id, unknown))
        );
        Assert.Equal(
            ["CategoryNotFoundError at category"],
            GraphQLClient.Refusals(await SaveAsync(Cms.Taxonomy.CategoryId.New().ToString(), article.Id))
        );
    }

    [Fact]
    public async Task A_stale_save_is_rejected_and_an_unchanged_one_is_not_logged()
    {
        var (category, _) = await _terms.CreateAsync("category");
        var (one, two) = (await Newsroom.DraftAsync(), await Newsroom.DraftAsync());
        await SaveAsync(category, one.Id);
        await SaveAsync(category, two.Id);
        await using var db = await database.OpenAsync();
        var last = await db.Changes.MaxAsync(c => c.Seq);

        var stale = await SaveAsync(category, version: 1, one.Id);
        var same = await SaveAsync(category, version: 2, two.Id);
        Assert.Equal(last, await db.Changes.MaxAsync(c => c.Seq));
        await SaveAsync(category, version: 2, one.Id, two.Id);

        Assert.Equal(["VersionConflictError at expectedVersion"], GraphQLClient.Refusals(stale));
        Assert.Equal(2, (int)same["front"]!["version"]!);
        var change = await db.Changes.OrderByDescending(c => c.Seq).FirstAsync();
        Assert.Equal(ChangeKind.FrontChanged, change.Kind);
        Assert.Equal(SubjectId.Of(EntityId.Parse<FrontId>((string)same["front"]!["id"]!)!.Value), change.SubjectId);
    }

    [Fact]
    public async Task An_article_on_a_front_is_withdrawn_trashed_or_deleted_only_when_the_editor_acknowledges_it()
    {
        var (category, _) = await _terms.CreateAsync("category", "Robots");
        var (article, draft) = (await Newsroom.PublishedAsync(), await Newsroom.DraftAsync());
        await SaveAsync(category, article.Id, draft.Id);

        Assert.Equal(["ArticleInUseError at id"], GraphQLClient.Refusals(await WithdrawAsync(article.Id)));
        Assert.Equal(
            ["ArticleInUseError at id"],
            GraphQLClient.Refusals(await TrashAsync(draft.Id, acknowledge: false))
        );
        var used = (
            await _terms.AskAsync(
                $"{{ desk {{ article(id: \"{draft.Id}\") {{ usedBy {{ users {{ kind title }} }} }} }} }}",
                GraphQLClient.Erin
            )
        )["desk"]!["article"]!["usedBy"]!["users"]!;
        Assert.Equal("""[{"kind":"FRONT","title":"Robots"}]""", used.ToJsonString());
        Assert.Empty(GraphQLClient.Refusals(await TrashAsync(draft.Id)));

        Assert.Equal(["ArticleInUseError at id"], GraphQLClient.Refusals(await DeleteAsync(draft.Id, false)));
        Assert.Empty(GraphQLClient.Refusals(await DeleteAsync(draft.Id, true)));

        var desk = await DeskAsync(category);
        Assert.Equal([$"{article.Id}"], desk["articles"]!.AsArray().Select(shown => (string)shown!["id"]!));
    }

    [Fact]
    public async Task A_category_with_articles_on_its_front_cannot_be_deleted_and_a_merge_deletes_its_front()
    {
        var (used, _) = await _terms.CreateAsync("category");
        var (into, intoSlug) = await PublicCategoryAsync();
        var (one, two) = (await Newsroom.PublishedAsync(), await Newsroom.PublishedAsync());
        await SaveAsync(used, one.Id);
        await SaveAsync(into, two.Id);

        Assert.Equal(["CategoryInUseError at id"], GraphQLClient.Refusals(await _terms.DeleteAsync("category", used)));
        Assert.Empty(GraphQLClient.Refusals(await _terms.MergeAsync("category", used, into)));

        Assert.Equal([two.Id], await ReadAsync(intoSlug));
        var (empty, _) = await _terms.CreateAsync("category");
        await SaveAsync(empty);
        Assert.Empty(GraphQLClient.Refusals(await _terms.DeleteAsync("category", empty)));
        await using var db = await database.OpenAsync();
        var gone = new[] { used, empty }.Select(id => EntityId.Parse<Cms.Taxonomy.CategoryId>(id)).ToList();
        Assert.False(await db.Fronts.AnyAsync(f => gone.Contains(f.CategoryId)));
    }

    private async Task<(string Id, string Slug)> PublicCategoryAsync()
    {
        var made = await _terms.CreateAsync("category");
        await Newsroom.PublishedAsync(
            Newsroom.Story() with
            {
                CategoryId = EntityId.Parse<Cms.Taxonomy.CategoryId>(made.Id),
            }
        );
        return made;
    }

    private Task<JsonNode> SaveAsync(string? category, params ArticleId[] articles) =>
        SaveAsync(category, null, articles);

    private Task<JsonNode> SaveAsync(string? category, int? version, params ArticleId[] articles) =>
        _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "saveFront",
            new
            {
                category,
                articles = articles.Select(id => id.ToString()),
                expectedVersion = version,
            },
            "front { id version }"
        );

    private async Task<List<ArticleId>> ReadAsync(string? category)
    {
        var at = category is null ? "" : $"(category: \"{category}\")";
        var front = (await _terms.AskAsync($"{{ front{at} {{ articles {{ id }} }} }}"))["front"]!;
        return
        [
            .. front["articles"]!
                .AsArray()
                .Select(article => EntityId.Parse<ArticleId>((string)article!["id"]!)!.Value),
        ];
    }

    private async Task<JsonNode> DeskAsync(string category) =>
        (
            await _terms.AskAsync(
                $"{{ desk {{ front(category: \"{category}\") {{ id categoryId version updatedBy articles {{ id status }} }} }} }}",
                GraphQLClient.Erin
            )
        )["desk"]!["front"]!;

    private Task<JsonNode> WithdrawAsync(ArticleId id, bool acknowledge = false) =>
        _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new
            {
                id = id.ToString(),
                reason = "It was wrong.",
                acknowledgeUse = acknowledge,
            },
            "article { id }"
        );

    private Task<JsonNode> TrashAsync(ArticleId id, bool acknowledge = true) =>
        _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "trashArticle",
            new { id = id.ToString(), acknowledgeUse = acknowledge },
            "article { id }"
        );

    private Task<JsonNode> DeleteAsync(ArticleId id, bool acknowledge) =>
        _terms.Client.DoAsync(
            GraphQLClient.Ada,
            "deleteArticle",
            new { id = id.ToString(), acknowledgeUse = acknowledge },
            "deleted: errors { __typename }"
        );
}
