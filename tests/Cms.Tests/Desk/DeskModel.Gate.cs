using Cms.Articles.Gate;
using Cms.Testing;

namespace Cms.Tests.Desk;

// The publishing rules: one is a warning and one is an error by configuration.
internal sealed partial class DeskModel
{
    /// <summary>The rules of the newsroom: an article should have a category, and its comments must be resolved.</summary>
    public static GateSettings Rules { get; } =
        QuietGate.Settings with
        {
            Category = new RuleSettings { Severity = CheckSeverity.Warning },
            OpenComments = new RuleSettings { Severity = CheckSeverity.Error },
        };

    private static bool HasWarning(Words words) => words.Terms.Category is null;

    private static bool IsUnreviewed(Words words) =>
        words.Model is { } model && (!words.IsReviewed || LacksVersion(model));

    public static bool LacksVersion(string? model) => model?.EndsWith('/') is true;

    private bool HasOpenThread(Story story) =>
        Comments.Exists(first =>
            first.Story == story
            && first is { Thread: null, IsResolved: false }
            && Comments.Exists(comment => (comment.Thread ?? comment) == first && !comment.IsDeleted)
        );

    private static void RefuseSchedule(Story story)
    {
        EndPlans(story);
        story.IsScheduleRefused = true;
        if (story.Live is null)
        {
            (story.WithdrawAt, story.PlannedSuccessor) = (null, null);
        }

        story.Version++;
    }
}
