using Xunit;

namespace Cms.Tests.SqlServer;

public sealed class ScriptTests
{
    [Fact]
    public void The_idempotent_migration_script_is_T_SQL_down_to_the_texts_it_executes()
    {
        var executed = TransactSql.ParseDeep(SqlServerSchema.IdempotentScript());

        Assert.Contains(executed, text => text.StartsWith("CREATE FULLTEXT INDEX", StringComparison.Ordinal));
    }

    [Fact]
    public void The_migrations_own_SQL_is_T_SQL() =>
        Assert.All(SqlServerSchema.RawSql, sql => TransactSql.ParseDeep(sql));

    [Theory]
    [InlineData("SELECT FROM WHERE [Slug]")]
    [InlineData("EXEC(N'CREATE INDEX ON [Articles]');")]
    [InlineData("IF 1 = 1 EXEC(N'EXEC(N''SELECT FROM'')');")]
    public void A_syntax_error_is_found_however_deep_it_stands(string sql) =>
        Assert.Throws<FormatException>(() => TransactSql.ParseDeep(sql));
}
