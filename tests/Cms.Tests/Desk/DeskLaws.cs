using System.Globalization;
using Cms.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Xunit.Sdk;

namespace Cms.Tests.Desk;

/// <summary>
/// No sequence of desk operations makes the product differ from a small model of it: what each person may do, what is
/// rejected and why, and what readers and staff see afterwards. For longer runs, set
/// <c>CMS_TEST_DESK_SEQUENCES</c>.
/// </summary>
[Slow]
public abstract class DeskLaws
{
    private const string Variable = "CMS_TEST_DESK_SEQUENCES";
    private const int Longest = 60;

    [SkippableFact]
    public void After_any_sequence_of_operations_the_product_and_the_model_agree()
    {
        var reason = Create().SkipReason;
        Skip.If(reason is not null, reason);
        var sequences = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Default;
        Prop.ForAll(StepsArbitrary.Of(Longest), (Func<Steps, Task>)AgreeAsync)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(sequences));
    }

    /// <summary>The number of sequences if none is set.</summary>
    protected virtual int Default => 8;

    protected abstract TestDatabase Create();

    private async Task AgreeAsync(Steps steps)
    {
        var database = Create();
        try
        {
            await database.InitializeAsync();
            var run = await DeskRun.OpenAsync(database);
            try
            {
                foreach (var step in steps.All)
                {
                    await run.DoAsync(step);
                }

                await run.EndAsync();
            }
            catch (Exception wrong)
            {
                throw new XunitException($"{wrong.Message}\nafter\n{run.Log}", wrong);
            }
        }
        finally
        {
            await database.DisposeAsync();
        }
    }
}

public sealed class DeskLaws_Sqlite : DeskLaws
{
    protected override TestDatabase Create() => new SqliteTestDatabase();
}

public sealed class DeskLaws_SqlServer : DeskLaws
{
    // Each sequence needs a new database.
    protected override int Default => 3;

    protected override TestDatabase Create() => new SqlServerTestDatabase();
}
