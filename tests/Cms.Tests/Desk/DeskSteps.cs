using FsCheck;
using FsCheck.Fluent;

namespace Cms.Tests.Desk;

/// <summary>An operation of the desk.</summary>
public enum Act
{
    Create,
    Save,
    Autosave,
    Label,
    RestoreRevision,
    Assign,
    Submit,
    RequestChanges,
    Approve,
    TakeBack,
    Publish,
    Update,
    Correct,
    Schedule,
    Unschedule,
    Embargo,
    ScheduleWithdrawal,
    UnscheduleWithdrawal,
    Withdraw,
    Wait,
    ChangeSlug,
    SaveRedirect,
    DeleteRedirect,
    Trash,
    Restore,
    Delete,
    Comment,
    Resolve,
    DeleteComment,
    OpenPage,
    RenewPage,
    TakeOverPage,
    ClosePage,
    RequestTake,
    DraftTake,
    SaveTake,
    RequestTakeChanges,
    ApproveTake,
    RetractTake,
    SubmitTake,
    ConfirmTake,
    EditPersona,
    Bulk,
    CreateTerm,
    EditTerm,
    RenameTerm,
    MergeTerms,
    DeleteTerm,
    SaveFront,
}

/// <summary>A person who works at the desk, or who must not.</summary>
public enum Who
{
    Rae,
    Arlo,
    Bo,
    Erin,
    Ada,
}

/// <summary>The expectedVersion that a client sends.</summary>
public enum Version
{
    None,
    Current,
    Stale,
}

/// <summary>One operation. The numbers choose its target and its values.</summary>
public sealed record Step(Act Act, Who Who, int Target, int Value, Version Version = Version.None, bool Twice = false)
{
    public override string ToString() =>
        $"{Who} {Act} {Target} {Value}{(Version is Version.None ? "" : $", {Version} version")}{(Twice ? ", twice" : "")}";
}

/// <summary>A sequence of operations, which prints one operation on a line.</summary>
public sealed record Steps(IReadOnlyList<Step> All)
{
    public override string ToString() => string.Concat(All.Select(step => $"\n  {step}"));
}

/// <summary>Generates and shrinks sequences.</summary>
internal static class StepsArbitrary
{
    /// <param name="length">The greatest length of a sequence.</param>
    public static Arbitrary<Steps> Of(int length) =>
        Arb.From(
            Gen.Choose(length / 2, length)
                .SelectMany(count => Gen.ArrayOf(OneStep(), count))
                .Select(all => new Steps(all)),
            Shrink
        );

    private static Gen<Step> OneStep() =>
        from act in Gen.Frequency(
            (4, Gen.Elements(Act.Create, Act.Save, Act.Autosave, Act.Publish, Act.Wait)),
            // Each of the first five acts on four kinds of terms.
            (
                3,
                Gen.Elements(
                    Act.CreateTerm,
                    Act.EditTerm,
                    Act.RenameTerm,
                    Act.MergeTerms,
                    Act.DeleteTerm,
                    Act.SaveFront
                )
            ),
            (10, Gen.Elements(Enum.GetValues<Act>()))
        )
        from who in Gen.Frequency(
            (1, Gen.Constant(Who.Rae)),
            (4, Gen.Constant(Who.Arlo)),
            (3, Gen.Constant(Who.Bo)),
            (10, Gen.Constant(Who.Erin)),
            (5, Gen.Constant(Who.Ada))
        )
        from target in Gen.Choose(0, 59)
        from value in Gen.Choose(0, 359)
        from version in Gen.Frequency(
            (6, Gen.Constant(Version.None)),
            (3, Gen.Constant(Version.Current)),
            (1, Gen.Constant(Version.Stale))
        )
        from twice in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Step(act, who, target, value, version, twice);

    // Leaves out long parts first, because each attempt needs a new database.
    private static IEnumerable<Steps> Shrink(Steps steps)
    {
        for (var part = steps.All.Count / 2; part > 0; part /= 2)
        {
            for (var start = 0; start + part <= steps.All.Count; start += part)
            {
                yield return new Steps([.. steps.All.Take(start), .. steps.All.Skip(start + part)]);
            }
        }

        for (var i = 0; i < steps.All.Count; i++)
        {
            if (steps.All[i] is { Twice: true } or { Version: not Version.None })
            {
                var simpler = steps.All.ToList();
                simpler[i] = simpler[i] with { Twice = false, Version = Version.None };
                yield return new Steps(simpler);
            }
        }
    }
}
