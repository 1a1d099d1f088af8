using Cms.Articles;
using Cms.Articles.Gate;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles.Gate;

/// <summary>Each publishing rule, as the desk shows it. The other rules are off.</summary>
public sealed class GateRuleTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private DateTimeOffset Now => database.Clock.GetUtcNow();

    [Fact]
    public void Every_rule_is_declared_once_and_has_its_own_settings()
    {
        var settings = typeof(GateSettings).GetProperties().Select(property => property.Name);

        Assert.Equal(Enum.GetValues<CheckRule>(), GateRules.Of(new GateSettings()).Select(rule => rule.Rule));
        Assert.Equal(Enum.GetNames<CheckRule>(), settings);
        foreach (var rule in Enum.GetValues<CheckRule>())
        {
            var property = typeof(GateSettings).GetProperty(rule.ToString())!;
            var changed = (RuleSettings)Activator.CreateInstance(property.PropertyType)!;
            property.PropertyType.GetProperty(nameof(RuleSettings.Severity))!.SetValue(changed, CheckSeverity.Off);
            var gate = new GateSettings();
            property.SetValue(gate, changed);
            Assert.Equal(
                GateRules
                    .Of(new GateSettings())
                    .Where(x => x.Severity is CheckSeverity.Off)
                    .Select(x => x.Rule)
                    .Append(rule)
                    .Distinct()
                    .Order(),
                GateRules.Of(gate).Where(x => x.Severity is CheckSeverity.Off).Select(x => x.Rule).Order()
            );
        }
    }

    [Fact]
    public void The_defaults_are_the_documented_ones()
    {
        var defaults = GateRules.Of(new GateSettings()).ToLookup(rule => rule.Severity, rule => rule.Rule);

        Assert.Equal(
            [
                CheckRule.Headline,
                CheckRule.Summary,
                CheckRule.Body,
                CheckRule.HeroAlt,
                CheckRule.BodyAlt,
                CheckRule.ImageCredit,
                CheckRule.ImageRights,
                CheckRule.Links,
                CheckRule.UnreviewedAi,
                CheckRule.Disclosure,
                CheckRule.Slug,
                CheckRule.Clash,
            ],
            defaults[CheckSeverity.Error]
        );
        Assert.Equal([CheckRule.SecondPerson, CheckRule.Approved], defaults[CheckSeverity.Off]);
        Assert.DoesNotContain(GateRules.Of(QuietGate.Settings), rule => rule.Severity is CheckSeverity.Warning);
    }

    [Fact]
    public void Messages_name_rules_as_the_schema_does()
    {
        var schema = database.Get<CmsSchema>();
        schema.Initialize();
        var names = ((global::GraphQL.Types.EnumerationGraphType)schema.AllTypes["CheckRule"]!).Values.Select(value =>
            value.Name
        );

        Assert.Equal(names, Enum.GetValues<CheckRule>().Select(rule => rule.InSchema()));
    }

    [Theory]
    [InlineData(null, true, "WARNING SOURCE_LINK at sourceUrl")]
    [InlineData("http://example.org/a", true, "WARNING SOURCE_LINK at sourceUrl")]
    [InlineData("https://example.org/a", false, "WARNING SOURCE_LINK at source")]
    [InlineData("https://example.org/a", true, null)]
    [InlineData("HTTPS://example.org/a", true, null)]
    public async Task The_link_to_the_source_is_https_and_has_the_publication_without_which_readers_do_not_see_it(
        string? url,
        bool hasPublication,
        string? check
    )
    {
        var source = new Source
        {
            Id = SourceId.New(),
            Slug = $"s-{Guid.CreateVersion7():n}",
            Name = "The Quay",
        };
        await using (var db = await database.OpenAsync())
        {
            db.Add(source);
            await db.SaveChangesAsync();
        }

        Assert.Equal(
            check is null ? [] : [check],
            await CheckAsync(
                QuietGate.Settings with
                {
                    SourceLink = GateServer.Warning,
                },
                Newsroom.Story() with
                {
                    SourceUrl = url,
                    SourceId = hasPublication ? source.Id : null,
                }
            )
        );
    }

    [Fact]
    public async Task An_article_has_a_category()
    {
        var settings = QuietGate.Settings with { Category = GateServer.Warning };
        var category = new Category
        {
            Id = CategoryId.New(),
            Slug = $"c-{Guid.CreateVersion7():n}",
            Name = "Databases",
        };
        await using (var db = await database.OpenAsync())
        {
            db.Add(category);
            await db.SaveChangesAsync();
        }

        Assert.Equal(["WARNING CATEGORY at category"], await CheckAsync(settings, Newsroom.Story()));
        Assert.Empty(await CheckAsync(settings, Newsroom.Story() with { CategoryId = category.Id }));
    }

    [Fact]
    public async Task Each_image_needs_alternative_text_a_credit_and_rights_at_the_place_where_it_is_shown()
    {
        await using var server = await GateServer.StartAsync(database, QuietGate.Settings);
        var bare = await server.Newsroom.UploadAsync();
        var fine = await server.Newsroom.ImageAsync();
        var ended = await server.Newsroom.ImageAsync(
            rights: new ImageRights { Creator = "Rui Alves", ExpiresAt = Now.AddMinutes(-1) }
        );
        var coming = await server.Newsroom.ImageAsync(
            rights: new ImageRights { Creator = "Rui Alves", ValidFrom = Now.AddMinutes(1) }
        );
        var content = GateServer.StoryWith(
            $$$"""
            {"type":"image","attrs":{"id":"b2","mediaId":"{{{bare.Id}}}","alt":""}},
            {"type":"blockquote","attrs":{"id":"b3"},"content":[
              {"type":"image","attrs":{"id":"b4","mediaId":"{{{ended.Id}}}","alt":""}}
            ]},
            {"type":"image","attrs":{"id":"b5","mediaId":"{{{coming.Id}}}","alt":"A cloud."}},
            {"type":"image","attrs":{"id":"b6","mediaId":"{{{bare.Id}}}","alt":"","decorative":true}},
            {"type":"image","attrs":{"id":"b7","mediaId":"{{{fine.Id}}}","alt":""}}
            """
        );

        Assert.Equal(
            [
                "ERROR HERO_ALT at heroImage",
                "ERROR BODY_ALT at body.b2",
                "ERROR IMAGE_CREDIT at heroImage",
                "ERROR IMAGE_CREDIT at body.b2",
                "ERROR IMAGE_CREDIT at body.b6",
                "ERROR IMAGE_RIGHTS at body.b4",
                "ERROR IMAGE_RIGHTS at body.b5",
            ],
            await CheckAsync(QuietGate.Settings, content with { HeroImageId = bare.Id })
        );
    }

    [Fact]
    public async Task An_image_that_was_deleted_meanwhile_is_reported()
    {
        await using var server = await GateServer.StartAsync(database, QuietGate.Settings);
        var image = await server.Newsroom.ImageAsync();
        var id = (await server.Newsroom.DraftAsync(Newsroom.Story() with { HeroImageId = image.Id })).Id;
        await using (var db = await server.OpenAsync())
        {
            (await db.MediaAssets.SingleAsync(a => a.Id == image.Id)).Delete(Newsroom.Erin.Contributor, Now);
            await db.SaveChangesAsync();
        }

        var refused = await server.DoAsync("publishArticle", new { id = id.ToString() });

        Assert.Equal(["ERROR IMAGE_RIGHTS at heroImage"], await server.ChecksAsync(id));
        Assert.Equal(["MediaNotFoundError at heroImage"], GraphQLClient.Refusals(refused));
    }

    [Fact]
    public async Task An_article_has_an_image_at_the_top()
    {
        var settings = QuietGate.Settings with { HeroImage = GateServer.Warning };

        Assert.Equal(["WARNING HERO_IMAGE at heroImage"], await CheckAsync(settings, Newsroom.Story()));
    }

    [Theory]
    [InlineData("https://example.org/a?b=c#d", true)]
    [InlineData("https://xn--bcher-kva.example/", true)]
    [InlineData("https://[2001:db8::1]:8080/a", true)]
    [InlineData("mailto:desk@example.org", true)]
    [InlineData("https://example.org:99999/", false)]
    [InlineData("https://[::1/", false)]
    public async Task A_link_is_a_complete_URL(string address, bool isValid)
    {
        var content = GateServer.StoryWith(
            $$$"""
            {"type":"blockquote","attrs":{"id":"b2"},"content":[
              {"type":"paragraph","attrs":{"id":"b3"},"content":[
                {"type":"text","text":"a link","marks":[{"type":"link","attrs":{"href":"{{{address}}}"}}]}
              ]}
            ]}
            """
        );

        Assert.Equal(isValid ? [] : ["ERROR LINKS at body.b3"], await CheckAsync(QuietGate.Settings, content));
    }

    [Fact]
    public async Task An_embedded_article_is_published()
    {
        await using var server = await GateServer.StartAsync(
            database,
            QuietGate.Settings with
            {
                EmbeddedArticles = GateServer.Warning,
            }
        );
        var published = await server.Newsroom.PublishedAsync();
        var draft = await server.Newsroom.DraftAsync();
        var withdrawn = await server.Newsroom.PublishedAsync();
        await server.SucceedAsync("withdrawArticle", new { id = withdrawn.Id.ToString(), reason = "It is gone." });
        var own = await server.Newsroom.DraftAsync();
        ArticleId[] embedded = [published.Id, draft.Id, withdrawn.Id, own.Id];
        await server.Newsroom.SaveAsync(
            own.Id,
            GateServer.StoryWith(
                string.Join(
                    ',',
                    embedded.Select(
                        (id, i) =>
                            $$$"""{"type":"embed","attrs":{"id":"e{{{i}}}","kind":"article","target":"{{{id}}}"}}"""
                    )
                )
            )
        );

        Assert.Equal(
            ["WARNING EMBEDDED_ARTICLES at body.e1", "WARNING EMBEDDED_ARTICLES at body.e2"],
            await server.ChecksAsync(own.Id)
        );
    }

    [Fact]
    public async Task The_panel_has_a_quorum_of_approved_takes()
    {
        await using var server = await GateServer.StartAsync(
            database,
            QuietGate.Settings with
            {
                PanelQuorum = new MinimumSettings { Minimum = 2, Severity = CheckSeverity.Error },
            }
        );
        var draft = await server.Newsroom.DraftAsync();
        var input = new { id = draft.Id.ToString() };
        var schedule = new { input.id, at = Now.AddDays(1) };
        await server.Newsroom.ApprovedTakeAsync(draft.Id, (await server.Newsroom.PersonaAsync("Quorum 1")).Id);

        var tooFew = await server.DoAsync("publishArticle", input);
        var tooFewLater = await server.DoAsync("scheduleArticle", schedule);
        var checks = await server.ChecksAsync(draft.Id);
        await server.Newsroom.ApprovedTakeAsync(draft.Id, (await server.Newsroom.PersonaAsync("Quorum 2")).Id);

        Assert.Equal(["ERROR PANEL_QUORUM at takes"], checks);
        Assert.Equal(["CheckFailedError at takes"], GraphQLClient.Refusals(tooFew));
        Assert.Equal(["CheckFailedError at takes"], GraphQLClient.Refusals(tooFewLater));
        Assert.Empty(await server.ChecksAsync(draft.Id));
        await server.SucceedAsync("scheduleArticle", schedule);
        await server.SucceedAsync("publishArticle", input);
    }

    [Fact]
    public async Task A_slug_that_has_become_reserved_or_leads_to_a_different_article_cannot_be_published()
    {
        await using var server = await GateServer.StartAsync(database, QuietGate.Settings);
        var other = await server.Newsroom.PublishedAsync(slug: "moved-away");
        await server.SucceedAsync("changeSlug", new { id = other.Id.ToString(), slug = "moved-here" });
        var draft = await server.Newsroom.DraftAsync();

        var taken = await RefusedAsync("moved-away");
        var reserved = await RefusedAsync("search");
        await SetAsync("free-again");
        await server.SucceedAsync("publishArticle", new { id = draft.Id.ToString() });

        Assert.Equal(["ERROR SLUG at slug", "SlugTakenError at slug"], taken);
        Assert.Equal(["ERROR SLUG at slug", "SlugReservedError at slug"], reserved);

        async Task<IEnumerable<string>> RefusedAsync(string slug)
        {
            await SetAsync(slug);
            var refused = await server.DoAsync("publishArticle", new { id = draft.Id.ToString() });
            return (await server.ChecksAsync(draft.Id)).Concat(GraphQLClient.Refusals(refused));
        }

        // The API does not accept such a slug.
        async Task SetAsync(string slug)
        {
            await using var db = await server.OpenAsync();
            await db.Articles.Where(a => a.Id == draft.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Slug, slug));
        }
    }

    [Fact]
    public async Task A_published_article_keeps_a_slug_that_has_become_reserved()
    {
        await using var server = await GateServer.StartAsync(database, QuietGate.Settings);
        var article = await server.Newsroom.PublishedAsync();
        await using (var db = await server.OpenAsync())
        {
            await db
                .Articles.Where(a => a.Id == article.Id)
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.Slug, "studio"));
        }

        await server.Newsroom.SaveAsync(article.Id, Newsroom.Story("A compiler in six days"));

        await server.SucceedAsync("correctArticle", new { id = article.Id.ToString(), note = "It took six days." });
    }

    [Fact]
    public async Task An_embargo_is_reported_with_everything_else()
    {
        await using var server = await GateServer.StartAsync(database, QuietGate.Settings);
        var id = (await server.Newsroom.DraftAsync(Newsroom.Story() with { Summary = null })).Id;
        await server.SucceedAsync("setEmbargo", new { id = id.ToString(), until = Now.AddHours(1) });

        var refused = await server.DoAsync("publishArticle", new { id = id.ToString() });

        Assert.Equal(["ERROR SUMMARY at summary", "ERROR CLASH at embargoUntil"], await server.ChecksAsync(id));
        Assert.Equal(["ArticleIncompleteError at ", "ArticleUnderEmbargoError at id"], GraphQLClient.Refusals(refused));
    }

    [Fact]
    public async Task Open_threads_of_comments_are_counted_until_they_are_resolved_or_empty()
    {
        await using var server = await GateServer.StartAsync(
            database,
            QuietGate.Settings with
            {
                OpenComments = GateServer.Warning,
            }
        );
        var id = (await server.Newsroom.DraftAsync()).Id;
        var resolved = await CommentAsync(new { article = id.ToString(), text = "Who says so?" });
        var deleted = await CommentAsync(new { article = id.ToString(), text = "Never mind." });
        var answered = await CommentAsync(new { article = id.ToString(), text = "Really?" });
        await CommentAsync(
            new
            {
                article = id.ToString(),
                text = "Really.",
                inReplyTo = answered,
            }
        );
        var before = await MessageAsync();
        await CommentDoAsync("resolveComment", new { id = resolved });
        await CommentDoAsync("deleteComment", new { id = deleted });
        await CommentDoAsync("deleteComment", new { id = answered });
        var between = await MessageAsync();
        await CommentDoAsync("resolveComment", new { id = answered });

        Assert.Equal("3 comment threads are open. Resolve them.", before);
        Assert.Equal("A comment thread is open. Resolve it.", between);
        Assert.Empty(await server.ChecksAsync(id));

        async Task<string?> MessageAsync() => (string?)Assert.Single(await server.ReadAsync(id))["message"];

        async Task<string> CommentAsync(object input) =>
            (string)(await CommentDoAsync("addComment", input))["comment"]!["id"]!;

        async Task<System.Text.Json.Nodes.JsonNode> CommentDoAsync(string mutation, object input)
        {
            var payload = await server.Client.DoAsync(GraphQLClient.Erin, mutation, input, "comment { id }");
            Assert.Empty(GraphQLClient.Refusals(payload));
            return payload;
        }
    }

    [Theory]
    [InlineData(4, 4, false)]
    [InlineData(4, 5, true)]
    public async Task The_body_has_enough_words(int words, int minimum, bool isShort) =>
        Assert.Equal(
            isShort ? ["WARNING BODY_LENGTH at body"] : [],
            await CheckAsync(
                QuietGate.Settings with
                {
                    BodyLength = new MinimumSettings { Minimum = minimum },
                },
                GateServer.Story(string.Join(' ', Enumerable.Repeat("word", words)))
            )
        );

    [Theory]
    [InlineData(60, null, null)]
    [InlineData(61, null, "headline")]
    [InlineData(61, 60, null)]
    [InlineData(10, 61, "seo.title")]
    public async Task The_title_for_search_engines_is_short(int headline, int? title, string? path) =>
        Assert.Equal(
            path is null ? [] : [$"WARNING SEO_TITLE at {path}"],
            await CheckAsync(
                QuietGate.Settings with
                {
                    SeoTitle = new MaximumSettings { Maximum = 60 },
                },
                Newsroom.Story(new string('h', headline)) with
                {
                    Seo = new Seo { Title = title is { } length ? new string('t', length) : null },
                }
            )
        );

    [Fact]
    public async Task A_rule_reports_at_most_twenty_places()
    {
        await using var server = await GateServer.StartAsync(database, QuietGate.Settings);
        var bare = await server.Newsroom.UploadAsync();
        var content = GateServer.StoryWith(
            string.Join(
                ',',
                Enumerable
                    .Range(0, 500)
                    .Select(i => $$$"""{"type":"image","attrs":{"id":"i{{{i}}}","mediaId":"{{{bare.Id}}}","alt":""}}""")
            )
        );

        var checks = await CheckAsync(QuietGate.Settings, content);

        Assert.Equal(20, checks.Count(check => check.StartsWith("ERROR BODY_ALT at body.i", StringComparison.Ordinal)));
        Assert.Equal(40, checks.Count);
    }

    private async Task<List<string>> CheckAsync(GateSettings settings, ArticleContent content)
    {
        await using var server = await GateServer.StartAsync(database, settings);
        return await server.ChecksAsync((await server.Newsroom.DraftAsync(content)).Id);
    }
}
