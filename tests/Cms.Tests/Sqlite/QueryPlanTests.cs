using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Authors;
using Cms.Data;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.People;
using Cms.Reading;
using Cms.Search;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Sqlite;

public sealed class QueryPlanTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task No_operation_scans_a_big_table()
    {
        var capture = new SqliteCapture();
        await using var services = await database.BuildAsync(capture.AddTo);
        var newsroom = new Newsroom(services);
        var builder = await newsroom.PersonaAsync();
        var tool = await newsroom.ToolAsync();
        await AddTermsAsync(services, "launch");
        var article = await newsroom.DraftAsync(Newsroom.Story() with { Tools = [tool.Id] });
        await newsroom.ApprovedTakeAsync(article.Id, builder.Id);
        await newsroom.PublishAsync(article.Id);
        await newsroom.ApprovedTakeAsync(article.Id, builder.Id);
        await newsroom.SaveAsync(article.Id, Newsroom.Story("Six quokkas"));
        await newsroom.PublishAsync(article.Id);
        var corrected = new CorrectArticleInput { Id = article.Id, Note = "It took six days." };
        Newsroom.Value(await services.GetRequiredService<CorrectArticle>().Handle(corrected, Newsroom.Erin, default));
        await using var db = await services
            .GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        Assert.Single(
            await services.GetRequiredService<IArticleSearch>().Match(db, SearchTerms.Parse("quokkas")).ToListAsync()
        );
        var withdrawn = new WithdrawArticleInput { Id = article.Id, Reason = "It is gone." };
        Newsroom.Value(await services.GetRequiredService<WithdrawArticle>().Handle(withdrawn, Newsroom.Erin, default));
        var scheduled = new ScheduleArticleInput { Id = article.Id, At = database.Clock.GetUtcNow().AddHours(1) };
        Newsroom.Value(await services.GetRequiredService<ScheduleArticle>().Handle(scheduled, Newsroom.Erin, default));
        Assert.Equal([article.Id], await ScheduleOperations.ReadAsync(services));
        Newsroom.Value(
            await services
                .GetRequiredService<UnscheduleArticle>()
                .Handle(new UnscheduleArticleInput { Id = article.Id }, Newsroom.Erin, default)
        );
        var released = new ReleaseUnderEmbargoInput { Id = article.Id, Until = scheduled.At };
        Newsroom.Value(
            await services.GetRequiredService<ReleaseUnderEmbargo>().Handle(released, Newsroom.Erin, default)
        );
        foreach (var lead in new[] { 0, 1 })
        {
            await db.EditionsFor(TimeSpan.FromHours(lead), database.Clock.GetUtcNow())
                .Where(e => e.ArticleId == article.Id)
                .ToListAsync();
        }

        await DeskOperations.WriteAsync(services, article.Id);
        await DeskOperations.ReadAsync(services, article.Id);
        await DeskOperations.ReadAuditAsync(services, article.Id);
        await DeskOperations.ListAsync(services);
        await DeskOperations.PreviewAsync(services, article.Id);
        database.Clock.Advance(TimeSpan.FromHours(1));
        var due = await services
            .GetRequiredService<PublishDueArticles>()
            .Handle(new PublishDueArticlesInput(), default);

        Assert.Equal([article.Id], due.Published);

        Assert.Contains(
            capture.Statements,
            statement => statement.Sql.Contains("\"ArticleSearch\" = @", StringComparison.Ordinal)
        );
        new QueryPlans(database.File).AssertNoScanOfBigTables(
            capture.Statements,
            // Sorts the few takes on one article.
            ("USE TEMP B-TREE FOR ORDER BY", "FROM \"Takes\""),
            // Sorts the few revisions of the takes on a page.
            ("USE TEMP B-TREE FOR ORDER BY", "FROM \"TakeRevisions\""),
            // Sorts the replies of the threads on a page, and the people mentioned in them.
            ("USE TEMP B-TREE FOR ORDER BY", "\"c\".\"ThreadId\" IN"),
            ("USE TEMP B-TREE FOR ORDER BY", "FROM \"CommentMentions\""),
            // Sorts what the desk's search found, because the full-text index returns it in a different order.
            ("USE TEMP B-TREE FOR ORDER BY", "\"DeskSearch\" = @"),
            // The filter and the order use different times, so the articles that are due or under embargo are sorted.
            ("USE TEMP B-TREE FOR ORDER BY", "\"DueAt\" >= @from"),
            ("USE TEMP B-TREE FOR ORDER BY", "\"EmbargoUntil\" > @now"),
            // Sorts what waits for one person, and what was done to one person's articles.
            ("USE TEMP B-TREE FOR ORDER BY", "> @after"),
            ("USE TEMP B-TREE FOR ORDER BY", "\"Kind\" = 'Member' AND"),
            // The activity of everybody scans indexes. A page stops after its last row, and a count reads all rows.
            ("SCAN r USING INDEX IX_Revisions_SavedAt_Id", "LIMIT"),
            ("SCAN e USING INDEX IX_Editions_LiveFrom_Id", "LIMIT"),
            ("SCAN Revisions USING COVERING INDEX", "SELECT COUNT(*)"),
            ("SCAN Editions USING COVERING INDEX", "SELECT COUNT(*)"),
            // The whole audit log scans its index. A page stops after its last row, and a count reads all rows.
            ("SCAN a USING INDEX IX_AuditEntries_At_Seq", "LIMIT"),
            ("SCAN AuditEntries USING COVERING INDEX", "SELECT COUNT(*)"),
            ("SCAN a USING COVERING INDEX", "SELECT COUNT(*)"),
            // A new persona has no take on any article.
            ("SCAN DeskListings USING COVERING INDEX", "INSERT INTO \"DeskFacets\""),
            // Sorts the categories, of which a newsroom has few.
            ("USE TEMP B-TREE FOR ORDER BY", "ORDER BY \"c\".\"Order\"")
        );
    }

    [Fact]
    public async Task A_search_of_the_desk_for_a_common_word_looks_each_article_up_once()
    {
        var capture = new SqliteCapture();
        await using var services = await database.BuildAsync(capture.AddTo);
        await DeskOperations.MakeCommonAsync(services, "wombats");
        capture.Clear();

        await new GraphQLClient(services).AskAsync(
            GraphQLClient.Erin,
            """{ desk { articles(text: "wombats", first: 20) { nodes { id } } } }"""
        );

        var plans = new QueryPlans(database.File);
        var steps = capture.Statements.SelectMany(plans.StepsOf).ToList();
        // First among the nearest articles, then among all.
        var documents = steps.FindAll(step => step.Contains("IX_DeskDocuments_ArticleId", StringComparison.Ordinal));
        Assert.Equal(2, documents.Count);
        // With "AND rowid=?", the results of the search are gone through for each article.
        Assert.All(documents, step => Assert.EndsWith("(ArticleId=?)", step, StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_operation_on_terms_scans_a_big_table()
    {
        var capture = new SqliteCapture();
        await using var services = await database.BuildAsync(capture.AddTo);
        capture.Clear();
        await WorkOnTermsAsync<Category, CategoryId>(services, (story, id) => story with { CategoryId = id });
        await WorkOnTermsAsync<Source, SourceId>(services, (story, id) => story with { SourceId = id });
        await WorkOnTermsAsync<Tag, TagId>(services, (story, id) => story with { Tags = [id] });
        await WorkOnTermsAsync<Author, AuthorId>(services, (story, id) => story with { Authors = [id] });

        var story = await new Newsroom(services).PublishedAsync();
        Newsroom.Value(
            await services
                .GetRequiredService<SaveFront>()
                .Handle(new SaveFrontInput { Articles = [story.Id] }, Newsroom.Erin, default)
        );
        await DeskOperations.ReadFrontAsync(services, CategoryId.New());

        Assert.Contains(capture.Statements, s => s.Sql.Contains("\"TermSlugs\"", StringComparison.Ordinal));
        new QueryPlans(database.File).AssertNoScanOfBigTables(
            capture.Statements,
            // Sorts the few takes on one article.
            ("USE TEMP B-TREE FOR ORDER BY", "FROM \"Takes\"")
        );
    }

    private static async Task WorkOnTermsAsync<T, TId>(
        ServiceProvider services,
        Func<ArticleContent, TId, ArticleContent> with
    )
        where T : Term<TId>, ITerm<T, TId>
        where TId : struct, IEntityId<TId>
    {
        var newsroom = new Newsroom(services);
        List<TId> ids = [];
        for (var i = 0; i < 2; i++)
        {
            var made = await services
                .GetRequiredService<CreateTerm<T, TId>>()
                .Handle(
                    new CreateTermInput { Fields = new TermFields { Name = $"t{Guid.CreateVersion7():n}" } },
                    Newsroom.Erin,
                    default
                );
            ids.Add(Newsroom.Value(made).Id);
        }

        var article = await newsroom.PublishedAsync(with(Newsroom.Story(), ids[0]));
        Newsroom.Value(
            await services
                .GetRequiredService<RenameTerm<T, TId>>()
                .Handle(
                    new RenameTermInput<TId> { Id = ids[0], Slug = $"s{Guid.CreateVersion7():n}" },
                    Newsroom.Erin,
                    default
                )
        );
        var used = await services
            .GetRequiredService<DeleteTerm<T, TId>>()
            .Handle(new DeleteTermInput<TId> { Id = ids[0] }, Newsroom.Erin, default);
        Assert.True(used.IsRefused);
        await DeskOperations.ReadUsesAsync(services, article.Id, ids[0].Value);
        Newsroom.Value(
            await services
                .GetRequiredService<MergeTerms<T, TId>>()
                .Handle(new MergeTermsInput<TId> { From = ids[0], Into = ids[1] }, Newsroom.Erin, default)
        );
        await newsroom.SaveAsync(article.Id, with(Newsroom.Story("Newer"), ids[0]));
        await newsroom.PublishAsync(article.Id);
    }

    [Fact]
    public async Task No_query_of_the_schema_scans_a_big_table()
    {
        var capture = new SqliteCapture();
        await using var services = await database.BuildAsync(capture.AddTo);
        await PublishTwoArticlesAsync(services);
        capture.Clear();

        await DeliveryOperations.RunAsync(
            (query, variables) => DeliveryOperations.ExecuteAsync(services, query, variables)
        );

        Assert.True(capture.Statements.Count > 60, $"{capture.Statements.Count} statements were captured.");
        const string sort = "USE TEMP B-TREE FOR ORDER BY";
        new QueryPlans(database.File).AssertNoScanOfBigTables(
            capture.Statements,
            // Sorts the few takes of each edition on a page.
            (sort, "FROM \"EditionTakes\""),
            // Sorts the editions with one slug, which usually belong to one article.
            (sort, "WHERE \"e\".\"Slug\" = @slug"),
            // Sorts search results by rank, because the full-text index returns them in a different order.
            (sort, "\"ArticleSearch\" = @"),
            // Sorts the first pages of several lists by list.
            (sort, "FROM json_each(@facets)"),
            (sort, "FROM json_each(@personas)"),
            // Sorts one page from each of two lists.
            (sort, "UNION"),
            // A filter by a slug that does not exist reads no row.
            ("SCAN a USING COVERING INDEX", "WHERE 0"),
            // The list of all takes scans its index. A page stops after its last row, and a count reads all rows.
            ("SCAN t USING COVERING INDEX IX_TakeListings_PublishedAt", "LIMIT"),
            ("SCAN TakeListings USING COVERING INDEX", "SELECT COUNT(*)"),
            // The filter and the order use different dates, so the rows within the bounds are sorted.
            (sort, "WHERE \"a\".\"FacetId\" = @facet AND \"a\".\"PublishedAt\" > @after AND")
        );
    }

    [Fact]
    public async Task No_bookmark_operation_scans_a_big_table()
    {
        var capture = new SqliteCapture();
        await using var services = await database.BuildAsync(capture.AddTo);
        var newsroom = new Newsroom(services);
        var persona = await newsroom.PersonaAsync("Bookmarked");
        var article = await newsroom.DraftAsync();
        var take = await newsroom.ApprovedTakeAsync(article.Id, persona.Id);
        await newsroom.PublishAsync(article.Id);
        var tool = await newsroom.PublicToolAsync("Bookmarked");
        capture.Clear();

        await BookmarkOperations.RunAsync(services, article.Id.ToString(), take.Id.ToString(), tool.Id.ToString());

        Assert.Contains(capture.Statements, s => s.Sql.Contains("\"Bookmarks\"", StringComparison.Ordinal));
        new QueryPlans(database.File).AssertNoScanOfBigTables(capture.Statements);
    }

    [Fact]
    public async Task The_library_scans_a_big_table_only_for_the_unfiltered_list()
    {
        var capture = new SqliteCapture();
        await using var services = await database.BuildAsync(capture.AddTo);
        var newsroom = new Newsroom(services);
        var image = await newsroom.ImageAsync();
        var substitute = await newsroom.ImageAsync("umbra.png", "A quiet pattern.");
        await newsroom.LicenseAsync(
            image.Id,
            new ImageRights { CreditLine = "Rui Alves", ExpiresAt = database.Clock.GetUtcNow().AddDays(1) },
            substitute.Id
        );
        await newsroom.PublishedAsync(Newsroom.Story("Clouds gather") with { HeroImageId = image.Id });

        await MediaOperations.ReadAsync(services);

        Assert.Contains(capture.Statements, s => s.Sql.Contains("\"MediaTerms\"", StringComparison.Ordinal));
        const string sort = "USE TEMP B-TREE FOR ORDER BY";
        new QueryPlans(database.File).AssertNoScanOfBigTables(
            capture.Statements,
            // The unfiltered library scans its table. A page stops after its last row, and a count reads all rows.
            ("SCAN m", "LIMIT"),
            ("SCAN m", "SELECT COUNT(*)"),
            // A filter that reads two index ranges, or an index in a different order, sorts its rows by id.
            (sort, "\"m\".\"Gap\" IN"),
            (sort, "\"m\".\"ExpiresAt\" <="),
            (sort, "\"m\".\"Folder\" ="),
            // Sorts the uses and the tags of one image.
            (sort, "FROM \"MediaUses\""),
            (sort, "FROM \"MediaTags\""),
            // Sorts the few takes on one article.
            (sort, "FROM \"Takes\"")
        );
    }

    private static async Task AddTermsAsync(IServiceProvider services, string slug)
    {
        await using var db = await services
            .GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        db.Add(
            new Category
            {
                Id = CategoryId.New(),
                Slug = slug,
                Name = slug,
            }
        );
        db.Add(
            new Tag
            {
                Id = TagId.New(),
                Slug = slug,
                Name = slug,
            }
        );
        await db.SaveChangesAsync();
    }

    // Publishes two articles with every term, persona and tool that the operations look up. Each list has two pages.
    private static async Task PublishTwoArticlesAsync(IServiceProvider services)
    {
        const string slug = DeliveryOperations.Slug;
        var newsroom = new Newsroom(services);
        var persona = await newsroom.PersonaAsync(slug);
        var other = await newsroom.PersonaAsync("Other", order: 2);
        var tool = await newsroom.ToolAsync(slug);
        var terms = (
            Category: CategoryId.New(),
            Tag: TagId.New(),
            Other: TagId.New(),
            Source: SourceId.New(),
            Author: AuthorId.New()
        );
        await services
            .GetRequiredService<CmsDatabase>()
            .WriteAsync<bool>(
                Actor.Server,
                (db, _) =>
                {
                    db.AddRange(
                        new Category
                        {
                            Id = terms.Category,
                            Slug = slug,
                            Name = slug,
                        },
                        new Tag
                        {
                            Id = terms.Tag,
                            Slug = slug,
                            Name = slug,
                        },
                        new Tag
                        {
                            Id = terms.Other,
                            Slug = "other",
                            Name = "Other",
                        },
                        new Source
                        {
                            Id = terms.Source,
                            Slug = slug,
                            Name = slug,
                        },
                        new Author
                        {
                            Id = terms.Author,
                            Slug = slug,
                            Name = slug,
                        }
                    );
                    return Task.FromResult<Result<bool>>(true);
                },
                default
            );
        for (var i = 0; i < 2; i++)
        {
            var article = await newsroom.DraftAsync(
                Newsroom.Story($"Six days {i}") with
                {
                    CategoryId = terms.Category,
                    SourceId = terms.Source,
                    Tags = [terms.Tag, terms.Other],
                    Authors = [terms.Author],
                    Tools = [tool.Id],
                },
                i == 0 ? slug : null
            );
            await newsroom.ApprovedTakeAsync(article.Id, persona.Id);
            await newsroom.ApprovedTakeAsync(article.Id, other.Id);
            await newsroom.PublishAsync(article.Id);
        }
    }

    [Theory]
    [InlineData("""SELECT * FROM "Articles" AS "a" WHERE "a"."UpdatedBy" = 'Erin'""")]
    [InlineData("""SELECT * FROM Editions WHERE Disclosure IS NULL""")]
    [InlineData(
        """SELECT COUNT(*) FROM "Takes" AS "t" INNER JOIN "Revisions" AS "r" ON "r"."ArticleId" = "t"."ArticleId" """
    )]
    [InlineData("""UPDATE "Articles" SET "UpdatedBy" = NULL WHERE "UpdatedBy" = 'Erin'""")]
    [InlineData("""DELETE FROM "ArticleListings" AS "l" WHERE "l"."EditionId" = x'00'""")]
    [InlineData("""SELECT * FROM "Editions" AS "e" WHERE "e"."Slug" = 'a' ORDER BY "e"."Number" """)]
    [InlineData("""SELECT 1 WHERE EXISTS (SELECT 1 FROM "Changes" AS "c" WHERE "c"."Kind" = 'ToolChanged')""")]
    public void A_scan_or_a_sort_is_reported(string sql) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            new QueryPlans(database.File).AssertNoScanOfBigTables([(sql, [])])
        );

    [Theory]
    [InlineData("""SELECT * FROM "Articles" AS "a" WHERE "a"."Slug" = 'a'""")]
    [InlineData("""SELECT * FROM "Personas" AS "p" """)]
    [InlineData("""SELECT "rowid" FROM "ArticleSearch" WHERE "ArticleSearch" MATCH 'days'""")]
    [InlineData("""SELECT * FROM "Articles" WHERE "Id" IN (SELECT "value" FROM json_each('[]'))""")]
    public void Index_seeks_and_scans_of_small_tables_or_the_full_text_index_are_allowed(string sql) =>
        new QueryPlans(database.File).AssertNoScanOfBigTables([(sql, [])]);

    [Fact]
    public void A_step_that_is_allowed_in_one_statement_is_reported_in_another() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            new QueryPlans(database.File).AssertNoScanOfBigTables(
                [("""SELECT * FROM "Articles" AS "a" WHERE "a"."UpdatedBy" = 'Erin'""", [])],
                ("SCAN a", "ImportHash")
            )
        );

    [Fact]
    public void An_explicitly_allowed_scan_passes() =>
        new QueryPlans(database.File).AssertNoScanOfBigTables(
            [("""SELECT * FROM "Articles" AS "a" WHERE "a"."UpdatedBy" = 'Erin'""", [])],
            ("SCAN a", "UpdatedBy")
        );
}
