using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Until other sites can know the address of an article, it follows the headline.</summary>
public sealed class FollowingSlugTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private const string Fields = "article { id slug slugFollowsHeadline version }";

    private readonly GraphQLClient _client = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Fact]
    public async Task The_address_of_an_authors_new_article_follows_the_headline_without_a_right_to_change_addresses()
    {
        var word = Word();
        var id = await CreatedAsync(new { headline = $"Untitled {word}" }, GraphQLClient.Arlo);

        Assert.Equal($"storms-edge-{word}", await SaveAsync(id, $"Storm’s edge {word}", GraphQLClient.Arlo));
        Assert.Equal($"storms-and-sons-{word}", await SaveAsync(id, $"Storms & sons {word}", GraphQLClient.Arlo));
    }

    [Fact]
    public async Task A_number_keeps_two_articles_with_the_same_headline_apart_and_stays_while_the_address_would()
    {
        var word = Word();
        await CreatedAsync(new { headline = $"Storm {word}" });
        var id = await CreatedAsync(new { headline = $"Untitled {word}" });

        Assert.Equal($"storm-{word}-2", await SaveAsync(id, $"Storm {word}"));
        Assert.Equal($"storm-{word}-2", await SaveAsync(id, $"Storm: {word}!"));
    }

    [Fact]
    public async Task A_headline_without_a_letter_for_an_address_is_saved_and_keeps_the_address()
    {
        var word = Word();
        var id = await CreatedAsync(new { headline = $"Storm {word}" });

        Assert.Equal($"storm-{word}", await SaveAsync(id, "嵐"));
        Assert.Equal($"calm-{word}", await SaveAsync(id, $"Calm {word}"));
    }

    [Fact]
    public async Task An_address_that_somebody_chose_no_longer_follows_the_headline()
    {
        var word = Word();
        var chosen = await CreatedAsync(new { headline = "Untitled", slug = $"chosen-{word}" });
        var changed = await CreatedAsync(new { headline = $"Untitled {word}" });
        var confirmed = await CreatedAsync(new { headline = $"Draft {word}" });

        await ChangeSlugAsync(changed, $"changed-{word}");
        var kept = await ChangeSlugAsync(confirmed, $"draft-{word}");

        Assert.Equal("false", $"{kept["article"]!["slugFollowsHeadline"]}");
        Assert.Equal($"chosen-{word}", await SaveAsync(chosen, "One"));
        Assert.Equal($"changed-{word}", await SaveAsync(changed, "Two"));
        Assert.Equal($"draft-{word}", await SaveAsync(confirmed, "Three"));
    }

    [Theory]
    [InlineData("scheduleArticle", "unscheduleArticle")]
    [InlineData("releaseUnderEmbargo", "unscheduleArticle")]
    [InlineData("publishArticle", "withdrawArticle")]
    public async Task Once_an_article_was_scheduled_or_published_its_address_stays(string mutation, string end)
    {
        var word = Word();
        var id = await CreatedAsync(
            new
            {
                headline = $"Storm {word}",
                summary = "It rained.",
                body = new { markdown = "All day." },
            }
        );
        object input = mutation switch
        {
            "scheduleArticle" => new { id, at = "2026-05-01T10:00:00Z" },
            "releaseUnderEmbargo" => new { id, until = "2026-05-01T10:00:00Z" },
            _ => new { id },
        };
        await SucceedAsync(mutation, input);
        Assert.Equal($"storm-{word}", await SaveAsync(id, $"Calm {word}"));

        await SucceedAsync(end, end == "withdrawArticle" ? new { id, reason = "Wrong." } : new { id });

        Assert.Equal($"storm-{word}", await SaveAsync(id, $"Sun {word}"));
    }

    [Fact]
    public async Task Restoring_a_revision_restores_the_address_of_its_headline()
    {
        var word = Word();
        var id = await CreatedAsync(new { headline = $"First {word}" });
        await SaveAsync(id, $"Second {word}");
        await using var db = await database.Get<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();
        var article = EntityId.Parse<ArticleId>(id)!.Value;
        var first = await db
            .Revisions.Where(r => r.ArticleId == article && r.Number == 1)
            .Select(r => r.Id)
            .SingleAsync();

        var restored = await SucceedAsync("restoreRevision", new { id, revision = first.ToString() });

        Assert.Equal($"first-{word}", (string?)restored["article"]!["slug"]);
    }

    [Fact]
    public async Task Each_address_of_a_series_of_autosaves_is_in_the_audit_log()
    {
        var word = Word();
        var id = await CreatedAsync(new { headline = $"Untitled {word}" });
        foreach (var headline in new[] { "Storm", "Storms", "Storms!", "Storms at sea" })
        {
            await SaveAsync(id, $"{headline} {word}", autosave: true);
        }

        await using var db = await database.Get<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();
        var entries = await db
            .AuditEntries.Where(e => e.Subject == id && e.Action == "saveArticle")
            .OrderBy(e => e.Seq)
            .Select(e => new { e.Before, e.After })
            .ToListAsync();

        Assert.Equal(
            [
                $"untitled-{word} to storm-{word}",
                $"storm-{word} to storms-{word}",
                $"storms-{word} to storms-at-sea-{word}",
            ],
            entries.Select(e => $"{JsonNode.Parse(e.Before!)!["slug"]} to {JsonNode.Parse(e.After!)!["slug"]}")
        );
        Assert.Equal(2, await db.Revisions.CountAsync(r => r.ArticleId == EntityId.Parse<ArticleId>(id)));
    }

    private static string Word() => $"w{Guid.CreateVersion7():n}";

    private async Task<string> CreatedAsync(object input, Viewer? by = null) =>
        (string)(await _client.DoAsync(by ?? GraphQLClient.Erin, "createArticle", input, Fields))["article"]!["id"]!;

    private async Task<string?> SaveAsync(string id, string headline, Viewer? by = null, bool autosave = false) =>
        (string?)
            (
                await _client.DoAsync(
                    by ?? GraphQLClient.Erin,
                    "saveArticle",
                    new
                    {
                        id,
                        headline,
                        autosave,
                    },
                    Fields
                )
            )["article"]!["slug"];

    private Task<JsonNode> ChangeSlugAsync(string id, string slug) =>
        _client.DoAsync(GraphQLClient.Erin, "changeSlug", new { id, slug }, Fields);

    private async Task<JsonNode> SucceedAsync(string mutation, object input)
    {
        var done = await _client.DoAsync(GraphQLClient.Erin, mutation, input, Fields);
        Assert.Empty(GraphQLClient.Refusals(done));
        return done;
    }
}
