using Cms.Search;
using Cms.SqlServer;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Search;

/// <summary>
/// Queries that find the same articles on SQLite and on SQL Server without full-text search. SQL Server's full-text
/// search is not tested here, because its results depend on its word breaker and its index is updated later. The README
/// describes it.
/// </summary>
public abstract class SearchingTests(TestDatabase database) : DatabaseSuite(database)
{
    private static readonly (string Slug, string Headline, string Summary, string Text)[] Corpus =
    [
        ("ship", "A compiler ships in a week", "Two people wrote it.", "They began on Monday and shipped on Friday."),
        ("crew", "The crew of a cloud", "Who keeps the disks turning.", "Friendship, membership and 100% uptime."),
        ("cafe", "Café society", "Naïve résumés, read by machines.", "Weeks in a row: the compilation of a CV."),
        ("cpp", "C++ and HTTP/3", "A week in a server.", "snake_case, [brackets] and _underscores_ stay text."),
        ("wild", "Wildcards", "100 per cent of nothing.", "The pattern a%b matches in_a_week and [abc]."),
        ("word", "Слово года", "Ёлка и снег.", "Одно слово на русском."),
        ("tokyo", "Ærø and Łódź", "Islands and cities.", "Relational conditions; nationally, a generalization."),
    ];

    [SkippableTheory]
    [InlineData("ship", "ship")]
    [InlineData("SHIPPING", "ship")]
    [InlineData("hip", "")]
    [InlineData("ship*", "ship")]
    [InlineData("friend*", "crew")]
    [InlineData("fri*", "crew ship")]
    [InlineData("fr*", "")]
    [InlineData("compil*", "cafe ship")]
    [InlineData("compilation", "cafe ship")]
    [InlineData("week", "cafe cpp ship wild")]
    [InlineData("\"in a week\"", "ship wild")]
    [InlineData("\"a week in\"", "cpp")]
    [InlineData("\"week in\"", "cafe cpp")]
    [InlineData("\"week a\"", "")]
    [InlineData("\"weeks in a row\"", "cafe")]
    [InlineData("\"week two\"", "")]
    [InlineData("\"in week\"", "")]
    [InlineData("week two", "ship")]
    [InlineData("cafe", "cafe")]
    [InlineData("CAFÉ", "cafe")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("naive resume", "cafe")]
    [InlineData("c++", "cpp")]
    [InlineData("c", "cpp")]
    [InlineData("http/3", "cpp")]
    [InlineData("3/http", "")]
    [InlineData("100%", "crew wild")]
    [InlineData("%", "")]
    [InlineData("a%b", "wild")]
    [InlineData("in_a_week", "ship wild")]
    [InlineData("snake_case", "cpp")]
    [InlineData("snakeXcase", "")]
    [InlineData("_", "")]
    [InlineData("[abc]", "wild")]
    [InlineData("[a-z]", "")]
    [InlineData("[brackets]", "cpp")]
    [InlineData("слово", "word")]
    [InlineData("СЛОВО", "word")]
    [InlineData("лово", "")]
    [InlineData("слов*", "word")]
    [InlineData("елка", "")]
    [InlineData("aero", "")]
    [InlineData("lodz", "")]
    [InlineData("Łódź", "tokyo")]
    [InlineData("relate", "tokyo")]
    [InlineData("national", "tokyo")]
    [InlineData("general", "tokyo")]
    [InlineData("nothing compiler", "")]
    public async Task A_query_finds_exactly_the_expected_articles(string query, string expected)
    {
        await PublishCorpusAsync();

        Assert.Equal(
            expected,
            string.Join(' ', (await FindAsync(query)).Select(hit => hit.Slug).Order(StringComparer.Ordinal))
        );
    }

    [SkippableFact]
    public async Task A_match_in_the_headline_ranks_before_a_match_in_the_text()
    {
        await PublishCorpusAsync();

        var found = (await FindAsync("week")).OrderBy(hit => hit.Rank).ToList();

        Assert.Equal("ship", found[0].Slug);
        Assert.Equal("cpp", found[1].Slug);
    }

    private async Task PublishCorpusAsync()
    {
        if (Database.Services.GetService<SqlServerArticleSearch>() is { } search)
        {
            search.HasFullText = false;
        }

        await using var db = await OpenAsync();
        if (await db.SearchDocuments.AnyAsync())
        {
            return;
        }

        foreach (var (slug, headline, summary, text) in Corpus)
        {
            await Newsroom.PublishedAsync(Story(headline, summary, text), slug);
        }
    }

    private async Task<List<(string Slug, double Rank)>> FindAsync(string query)
    {
        var terms = SearchTerms.Parse(query);
        if (terms.IsEmpty)
        {
            return [];
        }

        await using var db = await OpenAsync();
        var search = Database.Get<IArticleSearch>();
        var hits = await (
            from hit in search.Match(db, terms)
            join document in db.SearchDocuments on hit.DocumentId equals document.Id
            join article in db.Articles on document.ArticleId equals article.Id
            select new { article.Slug, hit.Rank }
        ).ToListAsync();
        return hits.ConvertAll(hit => (hit.Slug, hit.Rank));
    }

    private static Cms.Articles.ArticleContent Story(string headline, string summary, string text) =>
        new Cms.Articles.ArticleContent { Headline = headline, Summary = summary }.WithBody(
            Newsroom.Value(Cms.Body.RichText.Parse(Newsroom.BodyOf(text)))
        );
}

public sealed class SearchingTests_Sqlite(SqliteTestDatabase database)
    : SearchingTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class SearchingTests_SqlServer(SqlServerTestDatabase database)
    : SearchingTests(database),
        IClassFixture<SqlServerTestDatabase>;
