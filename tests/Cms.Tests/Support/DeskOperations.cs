using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Comments;
using Cms.Articles.Desk;
using Cms.Articles.Presence;
using Cms.Articles.Preview;
using Cms.Articles.Workflow;
using Cms.Audit;
using Cms.Authors;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Search;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Support;

/// <summary>Reads what the desk shows of staff, assignments and comments.</summary>
internal static class DeskOperations
{
    private const string Query = """
        query($id: ID!) {
          desk {
            people(first: 5) { totalCount nodes { id name role firstSeenAt lastSeenAt } }
            peopleAfter: people(last: 5) { nodes { id } pageInfo { hasPreviousPage } }
            categories(first: 1) { totalCount nodes { id slug name order colour version updatedAt updatedBy } }
            categoriesAfter: categories(last: 1) { nodes { slug } }
            tags(first: 1) { nodes { id slug version } }
            sources(first: 1) { nodes { id slug homepage version } }
            authors(first: 1) { nodes { id slug bio avatarId avatar { url } links { label url } version } }
            article(id: $id) {
                id review dueAt trashedAt approvedRevisionId
                heroReference { mediaId alt caption }
                advance { number releasedAt releasedBy revision { number } }
                byline authors { name } draftedWith { model version }
                panel {
                  persona { name }
                  take {
                    id status version text stance anchor { blockId } anchorMatches inReplyTo drafter reviewer isOverdue isStale
                    dueAtLocal draftedWith { model } assignee { name } approvedRevision { id number text }
                    revisions { id number } article { id }
                  }
                }
                checks { rule severity message path }
                present { name since isHolder isMe }
                previewLinks { id token url createdBy createdAt expiresAt }
                assignee { id name } reviewer { id name }
                open: comments(first: 2, isResolved: false) { totalCount nodes { id } }
                resolved: comments(last: 2, isResolved: true) { totalCount nodes { id } }
                comments(first: 2) {
                  totalCount
                  nodes {
                    id articleId threadId revisionId blockId takeId text author isMine isBlockGone createdAt
                    resolvedAt resolvedBy deletedAt mentions { name } replies { id text mentions { name } }
                  }
                }
                revisions(first: 1) { nodes { id label isAutosave createdAt savedAt } }
            }
          }
        }
        """;

    // One filter of each kind, alone and combined, with each order.
    private static readonly (string? Where, string? Order, string? Text)[] Lists =
    [
        (null, null, null),
        (null, "{ updatedAt: ASC }", null),
        (null, "{ dueAt: ASC }", null),
        (null, "{ scheduledAt: DESC }", null),
        (null, null, "week"),
        ("{ status: { eq: DRAFT } }", null, null),
        ("{ status: { in: [DRAFT, PUBLISHED] } }", null, null),
        ("{ review: { eq: IN_REVIEW } }", null, null),
        ("{ review: { in: [IN_REVIEW, APPROVED] } }", null, null),
        ("{ category: { slug: { eq: \"launch\" } } }", null, null),
        ("{ tags: { some: { slug: { eq: \"launch\" } } } }", null, null),
        ("{ tags: { some: { slug: { eq: \"launch\" } } } }", "{ dueAt: DESC }", null),
        ("{ author: { isMe: true } }", null, null),
        ("{ author: { isMe: false } }", null, null),
        ("{ assignee: { isMe: true } }", null, null),
        ("{ assignee: { isNone: true } }", null, null),
        ("{ reviewer: { isMe: true } }", null, null),
        ("{ due: OVERDUE }", null, null),
        ("{ due: THIS_WEEK }", "{ dueAt: ASC }", null),
        ("{ missingTakeOf: { slug: { eq: \"the-builder\" } } }", null, null),
        ("{ take: { status: { eq: IN_REVIEW } } }", null, null),
        ("{ take: { status: { in: [REQUESTED, APPROVED] } } }", null, null),
        ("{ take: { persona: { slug: { eq: \"the-builder\" } }, status: { eq: REQUESTED } } }", null, null),
        ("{ take: { assignee: { isMe: true } } }", null, null),
        ("{ take: { assignee: { isNone: true }, due: OVERDUE } }", null, null),
        ("{ take: { isStale: true } }", null, null),
        ("{ take: { isStale: false } }", null, null),
        ("{ hasOpenComments: true }", null, null),
        ("{ isScheduled: true }", null, null),
        ("{ isEmbargoed: true }", null, null),
        ("{ isTrashed: true }", null, null),
        ("{ updatedAt: { gte: \"2026-04-01T00:00:00Z\" } }", null, null),
        ("{ author: { isMe: true }, updatedAt: { gte: \"2026-04-01T00:00:00Z\" } }", null, null),
        ("{ status: { eq: DRAFT }, review: { eq: IN_REVIEW }, hasOpenComments: true }", null, null),
        ("{ status: { eq: DRAFT }, author: { isMe: true }, due: OVERDUE }", null, "week"),
    ];

    private const string Timelines = """
        {
          desk {
            counts {
              drafts inReview changesRequested approved scheduled published withdrawn trashed assignedToMe
              waitingForMyReview overdue takesInReview takesAssignedToMe takesOverdue staleTakes
            }
            calendarDays(from: "2026-04-01", days: 30) { date count entries { at article { id } } }
            calendar(from: "2026-04-01T00:00:00Z", to: "2026-05-01T00:00:00Z") {
              totalCount nodes { kind at article { id } }
            }
            activity(first: 1) {
              totalCount pageInfo { endCursor }
              nodes { kind at by article { id } revision { number } comment { id } }
            }
            inbox(first: 5) { totalCount unreadCount nodes { kind at isRead article { id } comment { id } } }
            backward: inbox(last: 5) { nodes { at } }
          }
        }
        """;

    // One statement reads the histories of all articles on a page.
    private const string Histories = """
        {
          desk {
            articles(first: 2) {
              nodes {
                history(first: 1) { totalCount nodes { number action } }
                oldest: history(last: 1) { nodes { number action } }
              }
            }
          }
        }
        """;

    private const string Panel = """
        {
          desk {
            panel(first: 1) {
              totalCount
              nodes {
                id headline
                panel { persona { name } take { id status isOverdue isStale dueAt assignee { name } text drafter } }
              }
              pageInfo { endCursor }
            }
            filtered: panel(first: 2, where: { take: { status: { in: [REQUESTED, CHANGES_REQUESTED] }, due: OVERDUE } }) {
              totalCount nodes { id panel { take { id } } }
            }
          }
        }
        """;

    /// <summary>Adds thousands of texts that contain a word. They belong to articles that are in no list.</summary>
    public static async Task MakeCommonAsync(IServiceProvider services, string word)
    {
        await using var db = await services
            .GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        db.DeskDocuments.AddRange(
            Enumerable
                .Range(0, 5000)
                .Select(_ => new DeskDocument
                {
                    ArticleId = ArticleId.New(),
                    RevisionId = RevisionId.New(),
                    Headline = word,
                    Summary = "",
                    Text = "",
                })
        );
        await db.SaveChangesAsync();
    }

    /// <summary>Writes a thread with a reply and a mention, and assigns the article.</summary>
    public static async Task WriteAsync(IServiceProvider services, ArticleId article)
    {
        var erin = GraphQLClient.Erin.ToActor();
        var staff = (await new Newsroom(services).StaffAsync(GraphQLClient.Erin)).Id;
        var add = services.GetRequiredService<AddComment>();
        var thread = Newsroom.Value(
            await add.Handle(
                new AddCommentInput
                {
                    Article = article,
                    Text = "Who says so?",
                    Mentions = [staff],
                },
                erin,
                default
            )
        );
        Newsroom.Value(
            await add.Handle(
                new AddCommentInput
                {
                    Article = article,
                    Text = "The maker.",
                    InReplyTo = thread.Id,
                },
                erin,
                default
            )
        );
        Newsroom.Value(
            await services
                .GetRequiredService<AcquireLease>()
                .Handle(new AcquireLeaseInput { Article = article, Tab = "one" }, erin, default)
        );
        Newsroom.Value(
            await services
                .GetRequiredService<AssignArticle>()
                .Handle(new AssignArticleInput { Id = article, Assignee = staff }, erin, default)
        );
    }

    /// <summary>Previews an article in every way, and revokes the link.</summary>
    public static async Task PreviewAsync(IServiceProvider services, ArticleId article)
    {
        const string query = """
            query($id: ID!, $slug: String!) {
              article(id: $id) {
                headline edition tags { slug } about { slug } authors { name }
                takes { text previewStatus inReplyTo { id } article { id } } related { id }
              }
              bySlug: article(slug: $slug) { id }
            }
            """;
        var erin = GraphQLClient.Erin.ToActor();
        var link = Newsroom.Value(
            await services
                .GetRequiredService<CreatePreviewLink>()
                .Handle(new CreatePreviewLinkInput { Article = article }, erin, default)
        );
        var grant = await services.GetRequiredService<OpenPreview>().Handle(PreviewToken.Hash(link.Token!), default);
        foreach (
            var viewer in new[]
            {
                GraphQLClient.Erin with
                {
                    Perspective = Perspective.Draft,
                },
                GraphQLClient.Arlo with
                {
                    Perspective = Perspective.Draft,
                },
                Viewer.Anonymous with
                {
                    Preview = grant,
                },
            }
        )
        {
            var answer = await new GraphQLClient(services).AskAsync(
                viewer,
                query,
                new { id = article.ToString(), slug = "a-slug" }
            );
            Assert.True(answer["errors"] is null, answer.ToJsonString());
            using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
            await using var changes = services
                .GetRequiredService<FollowPreview>()
                .Handle(article, viewer, CancellationToken.None)
                .GetAsyncEnumerator(enough.Token);
            var over = await Record.ExceptionAsync(async () => await changes.MoveNextAsync());
            Assert.True(over is OperationCanceledException or RequestError, over?.ToString());
        }

        await services.GetRequiredService<ForgetPreviewLinks>().Handle(default);
        Newsroom.Value(
            await services
                .GetRequiredService<RevokePreviewLink>()
                .Handle(new RevokePreviewLinkInput { Id = grant!.Link }, erin, default)
        );
    }

    /// <summary>Reads what uses an article, and what uses a term of each kind with the same id.</summary>
    public static async Task ReadUsesAsync(IServiceProvider services, ArticleId article, Guid term)
    {
        const string uses = "usedBy(first: 2) { totalCount counts { kind count } users { kind usedById title } }";
        var answer = await new GraphQLClient(services).AskAsync(
            GraphQLClient.Erin,
            $$"""
            query($article: ID!, $category: ID!, $tag: ID!, $source: ID!, $author: ID!) {
              desk {
                article(id: $article) { {{uses}} }
                category(id: $category) { name {{uses}} }
                tag(id: $tag) { name {{uses}} }
                source(id: $source) { name {{uses}} }
                author(id: $author) { name {{uses}} }
              }
            }
            """,
            new
            {
                article = article.ToString(),
                category = new CategoryId(term).ToString(),
                tag = new TagId(term).ToString(),
                source = new SourceId(term).ToString(),
                author = new AuthorId(term).ToString(),
            }
        );
        Assert.True(answer["errors"] is null, answer.ToJsonString());
    }

    /// <summary>Reads the fronts of the home page and of a category.</summary>
    public static async Task ReadFrontAsync(IServiceProvider services, CategoryId category)
    {
        var answer = await new GraphQLClient(services).AskAsync(
            GraphQLClient.Erin,
            """
            query($category: ID!) {
              desk {
                front { id version updatedAt updatedBy articles { id status } }
                ofCategory: front(category: $category) { categoryId articles { id status } }
              }
            }
            """,
            new { category = category.ToString() }
        );
        Assert.True(answer["errors"] is null, answer.ToJsonString());
    }

    /// <summary>Reads the audit log with each filter, the history of an article, and checks the log.</summary>
    public static async Task ReadAuditAsync(IServiceProvider services, ArticleId article)
    {
        var client = new GraphQLClient(services);
        string[] filters =
        [
            "",
            $"where: {{ actor: \"{GraphQLClient.Erin.Key}\" }}",
            "where: { action: \"publishArticle\" }",
            $"where: {{ subject: \"{article}\" }}",
            "where: { from: \"2026-01-01T00:00:00Z\", until: \"2027-01-01T00:00:00Z\" }",
        ];
        foreach (var filter in filters)
        {
            var first = await PageAsync($"audit({Join(filter, "first: 1")})", "audit");
            if ((string?)first["pageInfo"]!["endCursor"] is { } cursor)
            {
                await PageAsync($"audit({Join(filter, $"first: 1, after: \"{cursor}\"")})", "audit");
                await PageAsync($"audit({Join(filter, $"last: 1, before: \"{cursor}\"")})", "audit");
            }
        }

        await PageAsync($"article(id: \"{article}\") {{ history(first: 1)", "article", " }");
        await services.GetRequiredService<VerifyAudit>().Handle(null, default);

        static string Join(string filter, string page) => filter.Length == 0 ? page : $"{filter}, {page}";

        async Task<JsonNode> PageAsync(string field, string name, string end = "")
        {
            var answer = await client.AskAsync(
                GraphQLClient.Ada,
                $"{{ desk {{ {field} {{ totalCount nodes {{ number at actorKey actorName via action subject articleId summary before after hash previousHash }} pageInfo {{ endCursor }} }}{end} }} }}"
            );
            return answer["errors"] is null
                ? answer["data"]!["desk"]![name]!
                : throw new InvalidOperationException(answer.ToJsonString());
        }
    }

    public static async Task ReadAsync(IServiceProvider services, ArticleId article)
    {
        foreach (var viewer in new[] { GraphQLClient.Erin, GraphQLClient.Arlo })
        {
            var answer = await new GraphQLClient(services).AskAsync(viewer, Query, new { id = article.ToString() });
            Assert.True(answer["errors"] is null, answer.ToJsonString());
        }
    }

    /// <summary>
    /// Makes the desk read as it does for a person who works on many articles. The articles are in no list, because only
    /// the person's part in them exists.
    /// </summary>
    public static async Task WorkOnManyAsync(IServiceProvider services, Viewer viewer)
    {
        await using var db = await services
            .GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var me = DeskFacetValue.Of(viewer.Key!.Value);
        for (var i = 0; i < DeskCounts.Most; i++)
        {
            var article = ArticleId.New();
            db.AddRange(
                new[] { DeskFacetKind.Author, DeskFacetKind.Member }.Select(kind => new DeskFacet
                {
                    ArticleId = article,
                    Kind = kind,
                    Value = me,
                    IsTrashed = false,
                    UpdatedAt = DateTimeOffset.UnixEpoch,
                })
            );
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Reads each list of articles, the counts, the calendar, the activity and the inbox.</summary>
    public static async Task ListAsync(IServiceProvider services)
    {
        var client = new GraphQLClient(services);
        foreach (var viewer in new[] { GraphQLClient.Erin, GraphQLClient.Arlo })
        {
            foreach (var (where, order, text) in Lists)
            {
                var arguments = string.Join(
                    ", ",
                    new[]
                    {
                        where is null ? null : $"where: {where}",
                        order is null ? null : $"order: [{order}]",
                        text is null ? null : $"text: \"{text}\"",
                    }.OfType<string>()
                );
                var first = await PageAsync(arguments, "first: 1");
                if ((string?)first["pageInfo"]!["endCursor"] is { } cursor)
                {
                    await PageAsync(arguments, $"first: 1, after: \"{cursor}\"");
                    await PageAsync(arguments, $"last: 1, before: \"{cursor}\"");
                }
            }

            if (viewer.Is(Role.Editor))
            {
                var histories = await client.AskAsync(viewer, Histories);
                Assert.True(histories["errors"] is null, histories.ToJsonString());
            }

            var panel = await client.AskAsync(viewer, Panel);
            Assert.True(panel["errors"] is null, panel.ToJsonString());
            if ((string?)panel["data"]!["desk"]!["panel"]!["pageInfo"]!["endCursor"] is { } row)
            {
                var next = await client.AskAsync(
                    viewer,
                    $"{{ desk {{ panel(first: 1, after: \"{row}\") {{ nodes {{ id panel {{ take {{ id }} }} }} }} }} }}"
                );
                Assert.True(next["errors"] is null, next.ToJsonString());
            }

            var lists = await client.AskAsync(viewer, Timelines);
            Assert.True(lists["errors"] is null, lists.ToJsonString());
            await WorkOnManyAsync(services, viewer);
            Assert.Equal(lists.ToJsonString(), (await client.AskAsync(viewer, Timelines)).ToJsonString());
            if ((string?)lists["data"]!["desk"]!["activity"]!["pageInfo"]!["endCursor"] is { } place)
            {
                var next = await client.AskAsync(
                    viewer,
                    $"{{ desk {{ activity(first: 1, after: \"{place}\") {{ nodes {{ at }} }} }} }}"
                );
                Assert.True(next["errors"] is null, next.ToJsonString());
            }

            async Task<JsonNode> PageAsync(string arguments, string page)
            {
                var given = arguments.Length == 0 ? page : $"{arguments}, {page}";
                var answer = await client.AskAsync(
                    viewer,
                    $"{{ desk {{ articles({given}) {{ totalCount nodes {{ id }} pageInfo {{ endCursor }} }} }} }}"
                );
                return answer["data"]?["desk"]?["articles"]
                    ?? throw new InvalidOperationException($"{given}: {answer.ToJsonString()}");
            }
        }
    }
}
