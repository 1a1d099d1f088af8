using Cms.Panel;

namespace Cms.Tests.Desk;

// The panel: requests, drafts and reviews of takes.
internal sealed partial class DeskModel
{
    public List<string> RequestTake(Story story, Voice persona, Opinion take, Who? assignee)
    {
        if (story.IsTrashed)
        {
            return ["ArticleTrashed"];
        }

        if (!persona.IsActive)
        {
            return ["PersonaInactive"];
        }

        Add(take);
        take.Assignee = assignee;
        take.Status = take.Status is TakeStatus.Retracted ? TakeStatus.Requested : take.Status;
        return [];
    }

    public List<string> SaveTake(Opinion take, string text, GivenModel given, Who who)
    {
        if (!take.Persona.IsActive)
        {
            return ["PersonaInactive"];
        }

        if (given.Refusal(take.Model, who) is { } refusal)
        {
            return [refusal];
        }

        Add(take);
        var model = given.On(take.Model);
        if (
            take.Revisions == 0
            || (take.Text, take.Model) != (text, model)
            || take.Status is TakeStatus.Requested or TakeStatus.Retracted
        )
        {
            take.Revisions++;
            (take.Text, take.Model) = (text, model);
            take.Status = take.Status switch
            {
                TakeStatus.InReview or TakeStatus.ChangesRequested => take.Status,
                TakeStatus.Approved => TakeStatus.InReview,
                _ => TakeStatus.Drafted,
            };
        }

        return [];
    }

    public List<string> RequestTakeChanges(Opinion take, Who who, string text)
    {
        if (text.Length == 0)
        {
            return ["CommentRequired"];
        }

        if (take.Status is not (TakeStatus.InReview or TakeStatus.Approved))
        {
            return ["TakeNotInReview"];
        }

        take.Status = TakeStatus.ChangesRequested;
        Comments.Add(new Remark(take.Story, take.Story.Head, who, null));
        return [];
    }

    private void Add(Opinion take)
    {
        if (!Takes.Contains(take))
        {
            Takes.Add(take);
            take.Story.Takes.Add(take);
        }
    }
}
