using System.Globalization;
using Cms.Taxonomy;
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

    [SkippableFact]
    public async Task Each_operation_on_terms_and_fronts_does_what_the_model_says()
    {
        var reason = Create().SkipReason;
        Skip.If(reason is not null, reason);
        Assert.Equal(0, await RunAsync(TermsAndFronts()));
    }

    [SkippableFact]
    public async Task Each_operation_on_takes_and_texts_of_models_does_what_the_model_says()
    {
        var reason = Create().SkipReason;
        Skip.If(reason is not null, reason);
        Assert.Equal(0, await RunAsync(TakesAndModels()));
    }

    /// <summary>The number of sequences if none is set.</summary>
    protected virtual int Default => 8;

    protected abstract TestDatabase Create();

    // Random sequences seldom publish a text of a model, because each revision needs an approval. Here, no operation is
    // rejected. The article is the third one.
    private static Steps TakesAndModels() =>
        new([
            Of(Act.Create, 2, 1),
            .. Approved(),
            Of(Act.Publish, 2, 1),
            Of(Act.RequestTake, 2, 2),
            Of(Act.DraftTake, 2, 1),
            Of(Act.SubmitTake, 1, 1),
            Of(Act.RequestTakeChanges, 1, 1),
            Of(Act.Resolve, 0, 1),
            new Step(Act.SaveTake, Who.Bo, 0, 6),
            Of(Act.SaveTake, 1, 5),
            Of(Act.ApproveTake, 1, 3),
            Of(Act.ApproveTake, 0, 3),
            Of(Act.Save, 2, 5),
            .. Approved(),
            Of(Act.Correct, 2, 1),
            Of(Act.ConfirmTake, 0, 1),
            Of(Act.RetractTake, 0, 1),
            Of(Act.RequestTake, 2, 2),
            Of(Act.Save, 2, 1),
            .. Approved(),
            Of(Act.Update, 2, 1),
        ]);

    private static Step[] Approved() => [Of(Act.Submit, 2, 1), Of(Act.Approve, 2, 1)];

    private static Step Of(Act act, int target, int value) => new(act, Who.Erin, target, value);

    // Random sequences do not do all of this with each kind of term. Here, no operation is rejected.
    private static Steps TermsAndFronts()
    {
        return new Steps([
            Of(Act.Publish, 0, 1),
            .. Enum.GetValues<TermKind>().SelectMany(OnTerms),
            Of(Act.SaveFront, 1, 12),
            Of(Act.Withdraw, 0, 2),
            Of(Act.Trash, 0, 2),
            Of(Act.Restore, 0, 1),
            Of(Act.Publish, 0, 1),
            Of(Act.Bulk, 0, 4),
        ]);

        // The term that is deleted is the newest one.
        static IEnumerable<Step> OnTerms(TermKind kind) =>
            [
                Of(Act.CreateTerm, 0, 20 + (int)kind),
                Of(Act.CreateTerm, 0, 24 + (int)kind),
                Of(Act.EditTerm, 0, 12 + (int)kind),
                Of(Act.RenameTerm, 0, 12 + (int)kind),
                Of(Act.SaveFront, 0, 4),
                Of(Act.MergeTerms, 0, 4 + (int)kind),
                Of(
                    Act.DeleteTerm,
                    kind is TermKind.Tag ? 3
                        : kind is TermKind.Source ? 1
                        : 2,
                    (int)kind
                ),
            ];
    }

    private Task AgreeAsync(Steps steps) => RunAsync(steps);

    // Returns the number of operations that were rejected.
    private async Task<int> RunAsync(Steps steps)
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
                return run.Rejected;
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
    protected override TestDatabase Create() => new SqliteTestDatabase { Gate = DeskModel.Rules };
}

public sealed class DeskLaws_SqlServer : DeskLaws
{
    // Each sequence needs a new database.
    protected override int Default => 3;

    protected override TestDatabase Create() => new SqlServerTestDatabase { Gate = DeskModel.Rules };
}
