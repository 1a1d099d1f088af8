using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.GraphQL;
using Cms.Import;
using Cms.Reading;
using Cms.Sqlite;
using Cms.SqlServer;
using Cms.Taxonomy;
using Cms.Testing;
using Mono.Cecil;
using Xunit;

namespace Cms.Tests;

/// <summary>
/// Checks the direction of dependencies in src/Cms. Each layer uses only the layers before it, and features can use all
/// layers. The dependencies are read from the compiled code.
/// </summary>
public sealed class LayerTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private static readonly string[] Layers =
    [
        "Cms.Foundation",
        "Cms.People",
        "Cms.Data",
        "Cms.Reading",
        "Cms.Changes",
        "Cms.Audit",
        "Cms.Delivery",
    ];

    private static readonly Dictionary<string, HashSet<string>> Uses = CompiledCode.Uses(typeof(Article).Assembly);

    // An id identifies an entity without depending on it.
    private static readonly HashSet<string> Ids =
    [
        .. typeof(Article)
            .Assembly.GetTypes()
            .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IEntityId)))
            .Select(type => type.FullName!),
    ];

    [Fact]
    public async Task A_layer_uses_only_the_layers_below_it()
    {
        // Queries for readers start from the tables of all features, so Cms.Reading can use the types in those tables.
        await using var db = await database.OpenAsync();
        HashSet<string> rows =
        [
            .. db.Model.GetEntityTypes().SelectMany(ModelParts.Of).Select(type => type.FullName!),
            typeof(IPublishedByEdition).FullName!,
            typeof(Term<>).FullName!,
        ];

        var wrong =
            from use in Uses
            where LayerOf(use.Key) < Layers.Length && use.Key != typeof(CmsDbContext).FullName
            from used in use.Value
            where LayerOf(used) > LayerOf(use.Key) && !Ids.Contains(used)

            // The compiler puts the code of regular expressions into this namespace.
            where !used.StartsWith("System.Text.RegularExpressions.", StringComparison.Ordinal)
            where !(use.Key.StartsWith("Cms.Reading.", StringComparison.Ordinal) && rows.Contains(used))
            select $"{use.Key} uses {used}";

        Assert.Empty(wrong);
        Assert.Contains(Uses, use => LayerOf(use.Key) == Layers.Length && use.Value.Any(used => LayerOf(used) == 0));
    }

    [Fact]
    public void Only_Visibility_reads_the_public_listing_tables() =>
        Assert.Equal(
            [.. Writers, typeof(Visibility).FullName!],
            CompiledCode.CallersOf(typeof(Article).Assembly, ReadsListings).Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData(typeof(ImportNewsroom))]
    [InlineData(typeof(CmsSqlite))]
    [InlineData(typeof(CmsSqlServer))]
    public void No_other_project_reads_the_public_listing_tables(Type inProject)
    {
        ArgumentNullException.ThrowIfNull(inProject);
        Assert.Empty(CompiledCode.CallersOf(inProject.Assembly, ReadsListings));
    }

    // EditionRows replaces an article's rows when its current edition changes. MergedTerms moves the rows of a term that
    // is merged into another.
    private static IEnumerable<string> Writers => [typeof(EditionRows).FullName!, typeof(MergedTerms).FullName!];

    private static bool ReadsListings(MethodReference method) =>
        method.DeclaringType.FullName == typeof(CmsDbContext).FullName
        && method.Name
            is $"get_{nameof(CmsDbContext.ArticleListings)}"
                or $"get_{nameof(CmsDbContext.PastListings)}"
                or $"get_{nameof(CmsDbContext.TakeListings)}";

    private static int LayerOf(string type)
    {
        var layer = Array.FindIndex(Layers, layer => type.StartsWith($"{layer}.", StringComparison.Ordinal));
        return layer < 0 ? Layers.Length : layer;
    }
}
