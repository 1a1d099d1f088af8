using System.Globalization;
using Cms.Search;
using Cms.Testing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cms.Tests.Search;

/// <summary>
/// Checks that the words that SQL Server searches with LIKE equal the words in SQLite's index, and that both searches
/// find the same documents. Both run on SQLite, because its LIKE treats % as SQL Server's LIKE does, and words and
/// terms contain no other wildcard.
/// </summary>
public sealed class SearchWordsTests : IDisposable
{
    private readonly SqliteConnection _sqlite = new("Data Source=:memory:");

    public SearchWordsTests()
    {
        _sqlite.Open();
        Run(
            """
            CREATE VIRTUAL TABLE "Found" USING fts5("Headline", "Summary", "Text", tokenize = 'porter unicode61 remove_diacritics 2');
            CREATE VIRTUAL TABLE "Vocabulary" USING fts5vocab("Found", 'instance');
            CREATE TABLE "Words" ("Id" INTEGER PRIMARY KEY, "Words" TEXT NOT NULL);
            """
        );
    }

    public void Dispose() => _sqlite.Dispose();

    [Fact]
    public void Every_word_of_the_sample_newsroom_has_the_same_stem_as_in_SQLite()
    {
        var newsroom = Pictures.Newsroom;
        foreach (var file in Directory.EnumerateFiles(newsroom, "*.md", SearchOption.AllDirectories))
        {
            AssertSame(File.ReadAllText(file));
        }
    }

    [Theory]
    [InlineData(
        "caresses ponies ties caress cats feed agreed plastered bled motoring sing conflated troubled sized hopping"
    )]
    [InlineData(
        "tanned falling hissing fizzed failing filing happy sky relational conditional rational valenci hesitanci"
    )]
    [InlineData(
        "digitizer conformabli radicalli differentli vileli analogousli vietnamization predication operator feudalism"
    )]
    [InlineData(
        "decisiveness hopefulness callousness formaliti sensitiviti sensibiliti triplicate formative formalize electriciti"
    )]
    [InlineData(
        "electrical hopeful goodness revival allowance inference airliner gyroscopic adjustable defensible irritant"
    )]
    [InlineData(
        "replacement adjustment dependent adoption homologou communism activate angulariti homologous effective bowdlerize"
    )]
    [InlineData(
        "probate rate cease controll roll generalizations oscillators y by yes says eyed ied ing s ss es sses aaaaing"
    )]
    [InlineData("Ünïcödé naïve Straße ﬁn İstanbul ısı Ærø Øl łódź đà ệ ở Ǻ e\u0301te\u0301 a\u0302\u0301b")]
    [InlineData("ΑΒΓ ά Слово ёлка йод עברית العربية 日本語 한국어 ไทย हिन्दी ١٢٣ ⅷ ² ½ x² \uE000b σοφός ΣΟΦΟΣ ſ µ")]
    [InlineData("can't C++ C# .NET HTTP/3 snake_case kebab-case a|b 100% [x] 1_000 1.5 e.g. ‘quoted’ —dash")]
    [InlineData(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxings xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxings"
    )]
    public void A_word_has_the_same_stem_as_in_SQLite(string text) => AssertSame(text);

    [Property(MaxTest = 300)]
    public Property Any_text_has_the_same_stems_as_in_SQLite() =>
        Prop.ForAll(Arb.From(Texts()), text => AssertSame(text));

    // SQLite supports Unicode 6.1. The ranges omit the few characters that were added later.
    [Theory]
    [InlineData(0x0080, 0x01DF)]
    [InlineData(0x01E2, 0x0377)]
    [InlineData(0x0384, 0x0386)]
    [InlineData(0x0388, 0x038A)]
    [InlineData(0x038E, 0x03A1)]
    [InlineData(0x03A3, 0x0527)]
    [InlineData(0x1E00, 0x1F15)]
    [InlineData(0x2010, 0x2064)]
    [InlineData(0x20A0, 0x20B9)]
    [InlineData(0x3000, 0x30FF)]
    [InlineData(0x4E00, 0x51FF)]
    [InlineData(0xAC00, 0xAFFF)]
    [InlineData(0xFF01, 0xFFBE)]
    public void A_character_separates_or_joins_words_and_loses_its_accent_as_in_SQLite(int first, int last)
    {
        var different = Enumerable
            .Range(first, last - first + 1)
            .Where(code => CharUnicodeInfo.GetUnicodeCategory(code) is not UnicodeCategory.OtherNotAssigned)
            .Select(code => $"q{(char)code}q")
            .Where(text => !WordsOfSqlite(text).SequenceEqual(WordsOf(text)));

        Assert.Empty(different);
    }

    [Property(MaxTest = 300)]
    public Property LIKE_finds_the_documents_that_the_index_of_SQLite_finds() =>
        Prop.ForAll(
            Arb.From(
                from documents in Gen.ListOf(Gen.ArrayOf(Texts(), 3), 8)
                from query in Queries()
                select (documents, query)
            ),
            given =>
            {
                Run("DELETE FROM \"Found\"; DELETE FROM \"Words\";");
                foreach (var document in given.documents)
                {
                    Add(document[0], document[1], document[2]);
                }

                var terms = SearchTerms.Parse(given.query);
                return ByIndex(terms)
                    .SequenceEqual(ByLike(terms))
                    .Label($"{given.query}: {string.Join(',', ByIndex(terms))} and {string.Join(',', ByLike(terms))}");
            }
        );

    [Fact]
    public void No_pattern_contains_a_LIKE_wildcard_from_the_query()
    {
        const string query = "100% a_b [abc] [^x] \"50% off [today]\" %%% ___* ab%* \\ ' ; --";

        var patterns = SearchTerms
            .Parse(query)
            .All.Select(SearchWords.Patterns)
            .Select(pattern => pattern!.Value.Anywhere);

        Assert.All(
            patterns,
            pattern => Assert.Equal(-1, pattern.Trim('%').IndexOfAny(['%', '_', '[', ']', '^', '\\', '\'', '|']))
        );
    }

    [Theory]
    [InlineData("ship", "HST")]
    [InlineData("days", "HST")]
    [InlineData("compiler", "H")]
    [InlineData("monday", "S")]
    [InlineData("\"five days\"", "T")]
    public void The_headline_and_summary_patterns_match_only_in_their_field(string query, string fields)
    {
        var words = SearchWords.Of(
            "A compiler ships in days",
            "Shipping on Monday, and the day after.",
            "It shipped, five days late."
        );
        var (anywhere, headline, summary) = SearchWords.Patterns(SearchTerms.Parse(query).All[0])!.Value;

        Assert.True(IsLike(words, anywhere));
        Assert.Equal(
            (fields.Contains('H', StringComparison.Ordinal), fields.Contains('S', StringComparison.Ordinal)),
            (IsLike(words, headline), IsLike(words, summary))
        );
    }

    private static Gen<string> Word() =>
        Gen.OneOf(
            from stem in Gen.Elements(
                "ship",
                "hop",
                "relat",
                "gener",
                "nation",
                "y",
                "éclair",
                "o",
                "agr",
                "siz",
                "fizz",
                "contr",
                "communi",
                "100",
                "слово",
                "日本"
            )
            from ending in Gen.Elements(
                "",
                "s",
                "es",
                "ed",
                "ing",
                "eed",
                "ies",
                "ional",
                "ization",
                "ness",
                "ful",
                "y",
                "al",
                "ement",
                "ion",
                "e",
                "oll",
                "ly",
                "able"
            )
            select stem + ending,
            Gen.ArrayOf(Gen.Elements("aeiouybcdfghlmnrstwxz".ToCharArray())).Select(letters => new string(letters)),
            Gen.Elements("%", "_", "[a-z]", "a_b", "C++", "e\u0301", "|", "x|y", "Ä", "--", "")
        );

    private static Gen<string> Texts() =>
        Gen.Choose(0, 8)
            .SelectMany(count => Gen.ArrayOf(Word(), count))
            .SelectMany(words => Gen.Elements(" ", ", ", "\n", "-").Select(between => string.Join(between, words)));

    private static Gen<string> Queries() =>
        from words in Gen.NonEmptyListOf(Word())
        from form in Gen.Elements("{0}", "\"{0}\"", "{0}*", "ship {0}", "\"{0}\" ship*")
        select string.Format(CultureInfo.InvariantCulture, form, string.Join(' ', words.Take(3)));

    private void AssertSame(string text) => Assert.Equal(WordsOfSqlite(text), WordsOf(text));

    private static List<string> WordsOf(string text) =>
        [.. SearchWords.Of("", "", text).Split('|')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private List<string> WordsOfSqlite(string text)
    {
        Run("DELETE FROM \"Found\";");
        Run(
            """INSERT INTO "Found" ("rowid", "Headline", "Summary", "Text") VALUES (1, '', '', $text);""",
            ("$text", text)
        );
        return Read("""SELECT "term" FROM "Vocabulary" ORDER BY "offset" """, reader => reader.GetString(0));
    }

    private void Add(string headline, string summary, string text)
    {
        Run(
            """INSERT INTO "Found" ("Headline", "Summary", "Text") VALUES ($headline, $summary, $text);""",
            ("$headline", headline),
            ("$summary", summary),
            ("$text", text)
        );
        Run(
            """INSERT INTO "Words" ("Id", "Words") VALUES (last_insert_rowid(), $words);""",
            ("$words", SearchWords.Of(headline, summary, text))
        );
    }

    // The same query as in SqliteArticleSearch.
    private List<long> ByIndex(SearchTerms terms) =>
        terms.IsEmpty
            ? []
            : Read(
                """SELECT "rowid" FROM "Found" WHERE "Found" MATCH $terms ORDER BY "rowid" """,
                reader => reader.GetInt64(0),
                (
                    "$terms",
                    string.Join(
                        " AND ",
                        terms.All.Select(term => $"\"{string.Join(' ', term.Words)}\"{(term.IsPrefix ? "*" : "")}")
                    )
                )
            );

    // The same conditions as in SqlServerArticleSearch.
    private List<long> ByLike(SearchTerms terms)
    {
        var patterns = terms.All.Select(SearchWords.Patterns).Where(pattern => pattern is not null).ToList();
        return patterns.Count == 0
            ? []
            : Read(
                $"""SELECT "Id" FROM "Words" WHERE {string.Join(" AND ", patterns.Select((_, i) => $"\"Words\" LIKE $p{i}"))} ORDER BY "Id" """,
                reader => reader.GetInt64(0),
                [.. patterns.Select((pattern, i) => ($"$p{i}", pattern!.Value.Anywhere))]
            );
    }

    private bool IsLike(string words, string pattern) =>
        Read("SELECT $words LIKE $pattern", reader => reader.GetBoolean(0), ("$words", words), ("$pattern", pattern))[
            0
        ];

    private void Run(string sql, params (string Name, string Value)[] values) => Read(sql, _ => 0, values);

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> row, params (string Name, string Value)[] values)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
