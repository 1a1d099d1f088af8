using Xunit;

namespace Cms.Tests.SqlServer;

/// <summary>
/// Checks, with a small schema, that wrong names are reported. Without these tests, an empty report about the product
/// would prove nothing.
/// </summary>
public sealed class BindingControls
{
    private static readonly string[] Schema =
    [
        "CREATE TABLE [Notes] ([Id] int NOT NULL CONSTRAINT [PK_Notes] PRIMARY KEY, [Text] nvarchar(max) NOT NULL)",
        "CREATE TABLE [Tags] ([Id] int NOT NULL CONSTRAINT [PK_Tags] PRIMARY KEY, [Name] nvarchar(99) NOT NULL)",
        "CREATE FULLTEXT CATALOG [Found]",
        "CREATE FULLTEXT INDEX ON [Notes] ([Text]) KEY INDEX [PK_Notes] ON [Found]",
    ];

    private static readonly string[] Wrong =
    [
        "SELECT n.[Wrong] FROM [Notes] AS n",
        "SELECT [Wrong] FROM [Notes]",
        "SELECT [Wrong] FROM [Notes], [Tags]",
        "SELECT w.[Text] FROM [Wrong] AS w",
        "SELECT [dbo].[Wrong]([Text]) FROM [Notes]",
        "SELECT WRONG([Text]) FROM [Notes]",
        "INSERT INTO [Tags] ([Id], [Wrong]) VALUES (1, N'')",
        "UPDATE [Tags] SET [Wrong] = N'' WHERE [Id] = 1",
        "DELETE FROM [Tags] WHERE [Wrong] = N''",
        "SELECT [Wrong] FROM [sys].[databases]",
        "SELECT f.[KEY] FROM CONTAINSTABLE([Wrong], ([Text]), N'x') AS f",
        "SELECT f.[KEY] FROM CONTAINSTABLE([Notes], ([Wrong]), N'x') AS f",
    ];

    // All statements share one validation, because validation is slow.
    private static readonly Lazy<IReadOnlyList<string>> AboutStatements = new(() =>
        SqlServerModel.ComplaintsAbout(Schema, Wrong)
    );

    public static TheoryData<int, string> WrongStatements()
    {
        var data = new TheoryData<int, string>();
        foreach (var (number, sql) in Wrong.Index())
        {
            data.Add(number, sql);
        }

        return data;
    }

    [Fact]
    public void Correct_statements_pass() =>
        Assert.Empty(
            SqlServerModel.ComplaintsAbout(
                Schema,
                [
                    "SELECT n.[Text], COUNT(*) FROM [Notes] AS n GROUP BY n.[Text]",
                    "SELECT f.[KEY], f.[RANK] FROM CONTAINSTABLE([Notes], ([Text]), N'x') AS f",
                    "DECLARE @id int; UPDATE [Tags] SET [Name] = N'' WHERE [Id] = @id",
                ]
            )
        );

    [Fact]
    public void An_undeclared_variable_is_reported() =>
        Assert.Contains(
            SqlServerModel.ComplaintsAbout(Schema, ["SELECT [Text] FROM [Notes] WHERE [Id] = @Wrong"]),
            complaint => complaint.Contains("@Wrong", StringComparison.Ordinal)
        );

    [Theory]
    [MemberData(nameof(WrongStatements))]
    public void A_statement_with_a_wrong_name_is_reported(int number, string sql) =>
        Assert.Contains(
            AboutStatements.Value,
            complaint =>
                complaint.Contains("Wrong", StringComparison.OrdinalIgnoreCase)
                && (
                    complaint.Contains($"[Statement{number}]", StringComparison.Ordinal)
                    || complaint.EndsWith(sql, StringComparison.Ordinal)
                )
        );

    [Theory]
    [InlineData("CREATE INDEX [IX] ON [Tags] ([Wrong])")]
    [InlineData("CREATE INDEX [IX] ON [Tags] ([Name]) INCLUDE ([Wrong])")]
    [InlineData("ALTER TABLE [Tags] ADD CONSTRAINT [FK] FOREIGN KEY ([Id]) REFERENCES [Wrong] ([Id])")]
    [InlineData("CREATE FULLTEXT INDEX ON [Tags] ([Wrong]) KEY INDEX [PK_Tags] ON [Found]")]
    public void A_definition_with_a_wrong_name_is_reported(string definition) =>
        Assert.Contains(
            SqlServerModel.ComplaintsOf([.. Schema, definition]),
            complaint => complaint.Contains("Wrong", StringComparison.Ordinal)
        );
}
