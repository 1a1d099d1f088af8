using Xunit;

namespace Cms.Tests.SqlServer;

public sealed class ScriptTests
{
    [Fact]
    public void The_idempotent_migration_script_and_the_SQL_strings_it_executes_are_valid_T_SQL()
    {
        var executed = TransactSql.ParseDeep(SqlServerSchema.IdempotentScript());

        Assert.Contains(executed, text => text.StartsWith("CREATE FULLTEXT INDEX", StringComparison.Ordinal));
    }

    [Fact]
    public void The_SQL_in_the_migrations_is_valid_T_SQL() =>
        Assert.All(SqlServerSchema.RawSql, sql => TransactSql.ParseDeep(sql));

    [Theory]
    [InlineData("SELECT FROM WHERE [Slug]")]
    [InlineData("EXEC(N'CREATE INDEX ON [Articles]');")]
    [InlineData("IF 1 = 1 EXEC(N'EXEC(N''SELECT FROM'')');")]
    public void A_syntax_error_is_reported_at_any_depth(string sql) =>
        Assert.Throws<FormatException>(() => TransactSql.ParseDeep(sql));
}
