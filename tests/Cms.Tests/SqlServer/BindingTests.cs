using Cms.Testing;
using Xunit;

namespace Cms.Tests.SqlServer;

/// <summary>Checks that the schema defines every name that the product uses on SQL Server.</summary>
[Slow]
public sealed class BindingTests(ProductStatements product) : IClassFixture<ProductStatements>
{
    [Fact]
    public void The_schema_is_valid_and_has_no_warnings()
    {
        Assert.Empty(SqlServerModel.ComplaintsOf(SqlServerSchema.Definitions));
    }

    [Fact]
    public void Every_statement_of_the_product_binds_to_the_schema()
    {
        var statements = product.Of.Values.SelectMany(all => all).Select(s => s.Declared).Distinct();

        var complaints = SqlServerModel.ComplaintsAbout(
            SqlServerSchema.Definitions,
            [.. statements, .. SqlServerSchema.LastingRawSql]
        );

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    [Fact]
    public void Every_statement_of_a_migration_that_drops_columns_binds_to_the_schema_while_it_runs()
    {
        var migrations = SqlServerSchema.TransitionalSql.ToList();

        Assert.NotEmpty(migrations);
        var complaints = migrations.SelectMany(migration =>
            SqlServerModel.ComplaintsAbout(migration.Definitions, migration.Sql)
        );
        Assert.True(!complaints.Any(), string.Join('\n', complaints));
    }

    [Fact]
    public void Captured_operations_run_to_completion()
    {
        Assert.All(product.Of.Values, Assert.NotEmpty);
        Assert.Contains("INSERT INTO [Changes]", TextOf("PublishArticle"), StringComparison.Ordinal);
        Assert.Contains(
            "UPDATE [Editions] SET [SupersededAt]",
            TextOf("PublishArticle again"),
            StringComparison.Ordinal
        );
        Assert.Contains("INSERT INTO [Changes]", TextOf("PublishDueArticles"), StringComparison.Ordinal);
        Assert.Contains("DELETE FROM [a]", TextOf("WithdrawArticle"), StringComparison.Ordinal);
        Assert.Contains("FROM [EditionTakes]", TextOf("delivery with two rows per list"), StringComparison.Ordinal);
        Assert.Contains("CONTAINSTABLE", TextOf("search in the full-text index"), StringComparison.Ordinal);
        Assert.Contains("[Words] LIKE @", TextOf("search by LIKE"), StringComparison.Ordinal);
        Assert.Contains("SET [s].[Words] =", TextOf("words of earlier documents"), StringComparison.Ordinal);
    }

    private string TextOf(string operation) => string.Join('\n', product.Of[operation].Select(s => s.Sql));
}
