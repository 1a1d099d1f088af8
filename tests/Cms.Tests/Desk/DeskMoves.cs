using System.Text.Json.Nodes;
using Cms.Panel;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Tests.Desk;

/// <summary>A mutation, who may send it, and what the model says about it.</summary>
/// <param name="Mutation">The name of the mutation.</param>
/// <param name="Input">Its input.</param>
/// <param name="Shows">The fields to select.</param>
/// <param name="Least">The lowest role that may send it.</param>
/// <param name="Apply">Changes the model, or returns the kinds of the errors.</param>
internal sealed record Move(
    string Mutation,
    Dictionary<string, object?> Input,
    string Shows,
    Role Least,
    Func<List<string>> Apply
)
{
    /// <summary>Reads the ids of what was made.</summary>
    public Action<JsonNode> Made { get; init; } = _ => { };
}

/// <summary>Turns the numbers of a step into a mutation.</summary>
internal sealed partial class DeskMoves(DeskModel model, IReadOnlyDictionary<Who, string> staff)
{
    private const string Article = "article { id }";

    private int _words;

    /// <returns>The mutation; null if the step has nothing to act on.</returns>
    public Move? Of(Step step)
    {
        var (who, value) = (step.Who, step.Value);
        if (ForTerm(step) is { } onTerm)
        {
            return onTerm;
        }

        if (step.Act is Act.Create || model.Stories.Count == 0)
        {
            return Create(step);
        }

        var story = model.Stories[step.Target % model.Stories.Count];
        var other = value % 3 == 0 ? model.Stories[value % model.Stories.Count] : null;
        var person = value % 5 == 0 ? (Who?)null : (Who)(value % 5);
        var at = model.Now.AddMinutes(value % 25 - 1);
        var acknowledge = value % 2 == 0;
        var acknowledgesWarning = value % 4 != 0;
        var (reason, note) = (value % 7 == 0 ? "" : "It was wrong.", value % 8 == 0 ? "" : "It was Tuesday.");
        switch (step.Act)
        {
            case Act.Save:
            case Act.Autosave:
                return Save(step, story);
            case Act.Label:
                var named = story.Revisions[value % story.Revisions.Count];
                return For(
                    "labelRevision",
                    Role.Author,
                    new() { ["revision"] = named.Id, ["label"] = "Before lunch" },
                    () =>
                    {
                        named.Label = "Before lunch";
                        return [];
                    }
                );
            case Act.RestoreRevision:
                var source = other ?? story;
                var restored = source.Revisions[value % source.Revisions.Count];
                return For(
                    "restoreRevision",
                    Role.Editor,
                    new() { ["revision"] = restored.Id },
                    () => source == story ? Restore(story, restored, who) : ["RevisionNotFound"]
                );
            case Act.Assign:
                var (setsPerson, setsDate) = (value % 3 != 1, value % 3 != 2);
                var (assignee, due) = (person, value % 5 == 0 ? (DateTimeOffset?)null : at);
                var assignment = new Dictionary<string, object?>();
                if (setsPerson)
                {
                    assignment["assignee"] = Key(assignee);
                }

                if (setsDate)
                {
                    assignment["dueAt"] = due;
                }

                return For(
                    "assignArticle",
                    Role.Editor,
                    assignment,
                    () => model.Assign(story, setsPerson ? assignee : story.Assignee, setsDate ? due : story.DueAt)
                );
            case Act.Submit:
                var reviewer = value % 3 == 0 ? story.Reviewer : person;
                return For(
                    "submitForReview",
                    Role.Author,
                    value % 3 == 0 ? [] : new() { ["reviewer"] = Key(reviewer) },
                    () => DeskModel.Submit(story, reviewer)
                );
            case Act.RequestChanges:
                return For(
                    "requestChanges",
                    Role.Editor,
                    new() { ["comment"] = reason },
                    () => model.RequestChanges(story, who, reason)
                );
            case Act.Approve:
                var read = value % 3 == 0 ? story.Revisions[value % story.Revisions.Count] : null;
                return For(
                    "approveArticle",
                    Role.Editor,
                    new() { ["revision"] = read?.Id },
                    () => DeskModel.Approve(story, read)
                );
            case Act.TakeBack:
                return For("withdrawFromReview", Role.Author, [], () => DeskModel.TakeBack(story));
            case Act.Publish:
                return For(
                    "publishArticle",
                    Role.Editor,
                    Acknowledge(acknowledgesWarning),
                    () => model.PublishHead(story, acknowledgesWarning)
                );
            case Act.Update:
                return For(
                    "updateArticle",
                    Role.Editor,
                    Acknowledge(acknowledgesWarning),
                    () => story.Live is null ? ["ArticleNotPublished"] : model.PublishHead(story, acknowledgesWarning)
                );
            case Act.Correct:
                return For(
                    "correctArticle",
                    Role.Editor,
                    Acknowledge(acknowledgesWarning, ("note", note)),
                    () =>
                        story.Live is null ? ["ArticleNotPublished"]
                        : note.Length == 0 ? ["NoteRequired"]
                        : model.Correct(story, acknowledgesWarning)
                );
            case Act.Schedule:
                return For(
                    "scheduleArticle",
                    Role.Editor,
                    Acknowledge(acknowledgesWarning, ("at", at)),
                    () => model.Schedule(story, at, acknowledgesWarning)
                );
            case Act.Unschedule:
                return For("unscheduleArticle", Role.Editor, [], () => model.Unschedule(story));
            case Act.Embargo:
                var until = value % 4 == 0 ? (DateTimeOffset?)null : at;
                return For(
                    "setEmbargo",
                    Role.Editor,
                    new() { ["until"] = until },
                    () => model.SetEmbargo(story, until)
                );
            case Act.ScheduleWithdrawal:
                return For(
                    "scheduleWithdrawal",
                    Role.Editor,
                    new()
                    {
                        ["at"] = at,
                        ["reason"] = reason,
                        ["successor"] = other?.Id,
                        ["acknowledgeUse"] = acknowledge,
                    },
                    () => model.ScheduleWithdrawal(story, at, reason, other, acknowledge)
                );
            case Act.UnscheduleWithdrawal:
                return For("unscheduleWithdrawal", Role.Editor, [], () => model.UnscheduleWithdrawal(story));
            case Act.Withdraw:
                return For(
                    "withdrawArticle",
                    Role.Editor,
                    new()
                    {
                        ["reason"] = reason,
                        ["successor"] = other?.Id,
                        ["acknowledgeUse"] = acknowledge,
                    },
                    () => model.WithdrawNow(story, reason, other, acknowledge)
                );
            case Act.ChangeSlug:
                var slug = SlugOf(value);
                return For("changeSlug", Role.Editor, new() { ["slug"] = slug }, () => ChangeSlug(story, slug));
            case Act.Trash:
                return For(
                    "trashArticle",
                    Role.Editor,
                    new() { ["acknowledgeUse"] = acknowledge },
                    () => model.Trash(story, acknowledge)
                );
            case Act.Restore:
                return For("restoreArticle", Role.Editor, [], () => Untrash(story));
            case Act.Delete:
                return For(
                    "deleteArticle",
                    Role.Admin,
                    new() { ["acknowledgeUse"] = acknowledge },
                    () => model.Delete(story, acknowledge)
                ) with
                {
                    Shows = "article { slug }",
                };
            case Act.SaveRedirect:
                return SaveRedirect(step, story);
            case Act.DeleteRedirect when model.Redirects.Count > 0:
                return DeleteRedirect(step);
            case Act.Comment:
                return Comment(step, story);
            case Act.Resolve when model.Comments.Count > 0:
                return Resolve(step);
            case Act.DeleteComment when model.Comments.Count > 0:
                return DeleteComment(step);
            case Act.OpenPage:
                return Visit("acquireLease");
            case Act.RenewPage:
                return Visit("renewLease");
            case Act.TakeOverPage:
                return Visit("takeOverLease");
            case Act.ClosePage:
                return Visit("releaseLease");
            case Act.RequestTake:
                return RequestTake(step, story, person);
            case Act.DraftTake:
                return DraftTake(step, story);
            case Act.SaveTake when model.Takes.Count > 0:
                return SaveTake(step);
            case Act.RequestTakeChanges when model.Takes.Count > 0:
                return RequestTakeChanges(step, reason);
            case Act.ApproveTake when model.Takes.Count > 0:
                return ApproveTake(step);
            case Act.RetractTake when model.Takes.Count > 0:
                return RetractTake(step);
            case Act.SubmitTake when model.Takes.Count > 0:
                return SubmitTake(step);
            case Act.ConfirmTake when model.Takes.Count > 0:
                return ConfirmTake(step);
            case Act.EditPersona:
                return EditPersona(step);
            case Act.Bulk:
                return Bulk(step);
            case Act.SaveFront:
                return SaveFront(step);
            default:
                return null;
        }

        Move For(string mutation, Role least, Dictionary<string, object?> input, Func<List<string>> apply)
        {
            input["id"] = story.Id;
            var isVersioned = step.Version is not Version.None && mutation != "labelRevision";
            if (isVersioned)
            {
                input["expectedVersion"] = step.Version is Version.Stale ? story.Version - 1 : story.Version;
            }

            return new Move(
                mutation,
                input,
                Article,
                least,
                () =>
                    model.NotFound(story, who) is { } missing ? [missing]
                    : isVersioned && step.Version is Version.Stale ? ["VersionConflict"]
                    : apply()
            );
        }

        Move Visit(string mutation)
        {
            var tab = $"{who}-{value % 2}".ToLowerInvariant();
            return new Move(
                mutation,
                new() { ["article"] = story.Id, ["tab"] = tab },
                "lease { isMine }",
                Role.Author,
                () =>
                    model.NotFound(story, who) is { } missing
                        ? [missing]
                        : model.Visit(story, who, tab, mutation == "takeOverLease", mutation == "releaseLease")
            );
        }
    }

    private Move Create(Step step)
    {
        var (terms, words, given) = (TermsOf(step), NewWords(step), GivenModel.Of(step));
        var slug = step.Value % 2 == 0 ? SlugOf(step.Value / 2) : null;
        var story = new Story { Slug = slug ?? DeskModel.SlugOf(words), FollowsHeadline = slug is null };
        return new Move(
            "createArticle",
            given.AddTo(
                terms.AddTo(
                    new()
                    {
                        ["headline"] = words.Headline,
                        ["summary"] = words.Summary,
                        ["body"] = Markdown(words.Body),
                        ["slug"] = slug,
                    }
                )
            ),
            Article,
            Role.Author,
            () =>
            {
                if (terms.Refusals() is [_, ..] refusals)
                {
                    return refusals;
                }

                if (model.ClaimSlug(story.Slug, null) is { } refusal)
                {
                    return [refusal];
                }

                model.Stories.Add(story);
                model.Save(story, Copy(words, terms.On(TermSet.None), given.Model, null));
                return [];
            }
        )
        {
            Made = payload => story.Id = (string)payload["article"]!["id"]!,
        };
    }

    private Move Save(Step step, Story story)
    {
        var (terms, words, given) = (TermsOf(step), NewWords(step), GivenModel.Of(step));
        var isAutosave = step.Act is Act.Autosave;
        var input = new Dictionary<string, object?>
        {
            ["id"] = story.Id,
            ["headline"] = words.Headline,
            ["summary"] = words.Summary,
            ["body"] = Markdown(words.Body),
            ["autosave"] = isAutosave,
        };
        given.AddTo(terms.AddTo(input));
        if (step.Version is not Version.None)
        {
            input["expectedVersion"] = step.Version is Version.Stale ? story.Version - 1 : story.Version;
        }

        return new Move(
            "saveArticle",
            input,
            Article,
            Role.Author,
            () =>
            {
                if (model.NotFound(story, step.Who) is { } missing)
                {
                    return [missing];
                }

                if (step.Version is Version.Stale)
                {
                    return ["VersionConflict"];
                }

                List<string> refusals = [.. terms.Refusals()];
                if (given.Refusal(story.Head.Model, step.Who) is { } recorded)
                {
                    refusals.Add(recorded);
                }

                if (refusals.Count > 0)
                {
                    return refusals;
                }

                var drafted = given.On(story.Head.Model);
                model.Save(
                    story,
                    Copy(
                        words,
                        terms.On(story.Head.Terms),
                        drafted,
                        given.EditedBy(story.Head, hasOtherWords: true, step.Who),
                        isAutosave
                    ),
                    isAutosave && drafted == story.Head.Model && model.CanFold(story, step.Who)
                );
                return [];
            }
        );
    }

    private List<string> Restore(Story story, Words restored, Who who)
    {
        model.Save(
            story,
            new Words
            {
                Headline = restored.Headline,
                Summary = restored.Summary,
                Body = restored.Body,
                Terms = restored.Terms.Live(),
                Drafter = who,
                RestoredFrom = restored,
                Model = restored.Model,
                EditedBy = restored.EditedBy,
            }
        );
        return [];
    }

    private List<string> ChangeSlug(Story story, string slug)
    {
        if (slug == story.Slug && !story.FollowsHeadline)
        {
            return [];
        }

        if (model.ClaimSlug(slug, story) is { } refusal)
        {
            return [refusal];
        }

        model.Move(story, slug);
        return [];
    }

    private static List<string> Untrash(Story story)
    {
        story.Version += story.IsTrashed ? 1 : 0;
        story.IsTrashed = false;
        return [];
    }

    private Move SaveRedirect(Step step, Story story)
    {
        var (from, to) = (
            PathOf(step.Target, story),
            PathOf(step.Value, model.Stories[step.Value % model.Stories.Count])
        );
        var isStale = step.Version is Version.Stale;
        return new Move(
            "saveRedirect",
            new()
            {
                ["from"] = from,
                ["to"] = to,
                ["expectedVersion"] = isStale ? 0 : null,
            },
            "redirect { id }",
            Role.Editor,
            () => model.SaveRedirect(from, to, isStale)
        )
        {
            Made = payload => model.Redirects.Single(r => r.From == from).Id = (string)payload["redirect"]!["id"]!,
        };
    }

    private Move DeleteRedirect(Step step)
    {
        var redirect = model.Redirects[step.Target % model.Redirects.Count];
        var isStale = step.Version is Version.Stale;
        return new Move(
            "deleteRedirect",
            new() { ["id"] = redirect.Id, ["expectedVersion"] = isStale ? 0 : null },
            "deletedRedirect { from }",
            Role.Editor,
            () =>
            {
                if (isStale)
                {
                    return ["VersionConflict"];
                }

                model.Redirects.Remove(redirect);
                model.Changes.Add((Cms.Changes.ChangeKind.RedirectChanged, () => redirect.Id));
                return [];
            }
        );
    }

    private Move Comment(Step step, Story story)
    {
        var reply =
            step.Value % 2 == 0 && model.Comments.Count > 0 ? model.Comments[step.Value % model.Comments.Count] : null;
        var text = step.Value % 9 == 0 ? "" : "Why?";
        return new Move(
            "addComment",
            new()
            {
                ["article"] = story.Id,
                ["text"] = text,
                ["inReplyTo"] = reply?.Id,
            },
            "comment { id }",
            Role.Author,
            () =>
            {
                if (model.NotFound(story, step.Who) is { } missing)
                {
                    return [missing];
                }

                List<string> refusals = [];
                if (reply is not null && reply.Story != story)
                {
                    refusals.Add("CommentNotFound");
                }

                if (text.Length == 0)
                {
                    refusals.Add("CommentRequired");
                }

                if (refusals.Count == 0)
                {
                    var thread = reply?.Thread ?? reply;
                    thread?.IsResolved = false;
                    model.Comments.Add(new Remark(story, story.Head, step.Who, thread));
                }

                return refusals;
            }
        );
    }

    private Move Resolve(Step step)
    {
        var comment = model.Comments[step.Target % model.Comments.Count];
        var isResolved = step.Value % 3 > 0;
        return new Move(
            "resolveComment",
            new() { ["id"] = comment.Id, ["isResolved"] = isResolved },
            "comment { id }",
            Role.Author,
            () =>
            {
                if (model.NotFound(comment.Story, step.Who) is not null)
                {
                    return ["CommentNotFound"];
                }

                (comment.Thread ?? comment).IsResolved = isResolved;
                return [];
            }
        );
    }

    private Move DeleteComment(Step step)
    {
        var comment = model.Comments[step.Target % model.Comments.Count];
        return new Move(
            "deleteComment",
            new() { ["id"] = comment.Id },
            "comment { id }",
            Role.Author,
            () =>
            {
                if (model.NotFound(comment.Story, step.Who) is not null)
                {
                    return ["CommentNotFound"];
                }

                if (comment.Author != step.Who)
                {
                    return ["CommentNotYours"];
                }

                comment.IsDeleted = true;
                return [];
            }
        );
    }

    private Move RequestTake(Step step, Story story, Who? assignee)
    {
        var persona = model.Personas[step.Value % model.Personas.Count];
        var take = model.TakeOf(story, persona) ?? new Opinion(story, persona);
        var input = new Dictionary<string, object?>
        {
            ["article"] = story.Id,
            ["persona"] = persona.Id,
            ["brief"] = "What does it cost?",
            ["dueAt"] = model.Now.AddMinutes(step.Value % 25),
        };
        var setsPerson = step.Value % 3 != 1;
        if (setsPerson)
        {
            input["assignee"] = Key(assignee);
        }

        return new Move(
            "requestTake",
            input,
            "take { id }",
            Role.Editor,
            () =>
                model.NotFound(story, step.Who) is { } missing
                    ? [missing]
                    : model.RequestTake(story, persona, take, setsPerson ? assignee : take.Assignee)
        )
        {
            Made = payload => take.Id = (string)payload["take"]!["id"]!,
        };
    }

    private Move DraftTake(Step step, Story story)
    {
        var persona = model.Personas[step.Value % model.Personas.Count];
        var take = model.TakeOf(story, persona) ?? new Opinion(story, persona);
        var (text, given) = (TakeText(step), GivenModel.Of(step));
        return new Move(
            "draftTake",
            given.AddTo(
                new()
                {
                    ["article"] = story.Id,
                    ["persona"] = persona.Id,
                    ["text"] = text,
                }
            ),
            "take { id }",
            Role.Author,
            () =>
                model.NotFound(story, step.Who) is { } missing ? [missing] : model.SaveTake(take, text, given, step.Who)
        )
        {
            Made = payload => take.Id = (string)payload["take"]!["id"]!,
        };
    }

    private Move SaveTake(Step step)
    {
        var take = model.Takes[step.Target % model.Takes.Count];
        var (text, given) = (TakeText(step), GivenModel.Of(step));
        return new Move(
            "saveTake",
            given.AddTo(new() { ["id"] = take.Id, ["text"] = text }),
            "take { id }",
            Role.Author,
            () =>
                model.NotFound(take.Story, step.Who) is not null
                    ? ["TakeNotFound"]
                    : model.SaveTake(take, text, given, step.Who)
        );
    }

    private Move RequestTakeChanges(Step step, string text)
    {
        var take = model.Takes[step.Target % model.Takes.Count];
        return new Move(
            "requestTakeChanges",
            new() { ["id"] = take.Id, ["comment"] = text },
            "take { id }",
            Role.Editor,
            () => model.RequestTakeChanges(take, step.Who, text)
        );
    }

    private static string TakeText(Step step) => $"I would wait {step.Value % 3} days.";

    private Move ApproveTake(Step step)
    {
        var take = model.Takes[step.Target % model.Takes.Count];
        var isPublished = step.Value % 3 == 0;
        return new Move(
            "approveTake",
            new() { ["id"] = take.Id, ["publish"] = isPublished },
            "take { id }",
            Role.Editor,
            () =>
            {
                if (take.Status is TakeStatus.Retracted or TakeStatus.Requested)
                {
                    return ["TakeNotWritten"];
                }

                if (DeskModel.LacksVersion(take.Model))
                {
                    return ["CheckFailed"];
                }

                if (isPublished && take.Story.Live is null)
                {
                    return ["ArticleNotPublished"];
                }

                if (take.Status is not TakeStatus.Approved)
                {
                    (take.Status, take.Approved, take.IsStale) = (TakeStatus.Approved, take.Revisions, false);
                }

                if (isPublished && !take.Story.Live!.Takes.Contains((take, take.Approved)))
                {
                    model.Reissue(
                        take.Story,
                        [.. take.Story.Live!.Takes.Where(shown => shown.Take != take), (take, take.Approved)]
                    );
                }

                return [];
            }
        );
    }

    private Move RetractTake(Step step)
    {
        var take = model.Takes[step.Target % model.Takes.Count];
        return new Move(
            "retractTake",
            new() { ["id"] = take.Id, ["reason"] = "Its author asked for it." },
            "take { id }",
            Role.Editor,
            () =>
            {
                model.Retract(take);
                return [];
            }
        );
    }

    private Move SubmitTake(Step step)
    {
        var take = model.Takes[step.Target % model.Takes.Count];
        return new Move(
            "submitTake",
            new() { ["id"] = take.Id },
            "take { id }",
            Role.Author,
            () =>
            {
                if (model.NotFound(take.Story, step.Who) is not null)
                {
                    return ["TakeNotFound"];
                }

                if (take.Status is TakeStatus.Approved)
                {
                    return ["TakeAlreadyApproved"];
                }

                if (take.Status is TakeStatus.Retracted or TakeStatus.Requested)
                {
                    return ["TakeNotWritten"];
                }

                take.Status = TakeStatus.InReview;
                return [];
            }
        );
    }

    private Move ConfirmTake(Step step)
    {
        var take = model.Takes[step.Target % model.Takes.Count];
        return new Move(
            "confirmTake",
            new() { ["id"] = take.Id },
            "take { id }",
            Role.Editor,
            () =>
            {
                if (!take.IsStale)
                {
                    return ["TakeNotStale"];
                }

                take.IsStale = false;
                return [];
            }
        );
    }

    private Move EditPersona(Step step)
    {
        var persona = model.Personas[step.Target % model.Personas.Count];
        var (name, isActive) = ($"Persona {step.Value % 3}", step.Value % 5 != 0);
        return new Move(
            "editPersona",
            new()
            {
                ["id"] = persona.Id,
                ["name"] = name,
                ["isActive"] = isActive,
            },
            "persona { id }",
            Role.Admin,
            () =>
            {
                if ((persona.Name, persona.IsActive) != (name, isActive))
                {
                    (persona.Name, persona.IsActive) = (name, isActive);
                    model.Changes.Add((Cms.Changes.ChangeKind.PersonaChanged, () => persona.Id));
                }

                return [];
            }
        );
    }

    private Move Bulk(Step step)
    {
        var (who, value) = (step.Who, step.Value);
        var stories = Enumerable
            .Range(step.Target, 3)
            .Select(i => model.Stories[i % model.Stories.Count])
            .Distinct()
            .ToList();
        var (tag, category) = (Pick(TermKind.Tag, value / 6), Pick(TermKind.Category, value / 6));
        var action = (value % 6) switch
        {
            0 when tag is not null => "ADD_TAG",
            1 when tag is not null => "REMOVE_TAG",
            2 => "SUBMIT",
            3 => "TRASH",
            4 => "SET_CATEGORY",
            _ => "ASSIGN",
        };
        var assignee = (Who)(1 + value % 4);
        var input = new Dictionary<string, object?>
        {
            ["ids"] = stories.Select(story => story.Id),
            ["action"] = action,
            ["tagId"] = action.EndsWith("TAG", StringComparison.Ordinal) ? tag!.Id : null,
            ["assignee"] = Key(assignee),
        };
        if (action == "SET_CATEGORY")
        {
            input["categoryId"] = category?.Id;
        }

        return new Move(
            "bulkArticles",
            input,
            "bulk { items { articleId errors { __typename } } }",
            Role.Editor,
            () =>
                [
                    .. stories.SelectMany(story =>
                        (model.NotFound(story, who) is { } missing ? [missing] : Item(story)).Select(error =>
                            $"{story.Id} {error}"
                        )
                    ),
                ]
        );

        List<string> Item(Story story)
        {
            switch (action)
            {
                case "SUBMIT":
                    // The reviewer stays the same, because the request does not name one.
                    return DeskModel.Submit(story, story.Reviewer);
                case "TRASH":
                    return model.Trash(story, acknowledge: false);
                case "ASSIGN":
                    return model.Assign(story, assignee, story.DueAt);
            }

            var current = story.Head.Terms.Live();
            var (term, wanted) = action switch
            {
                "SET_CATEGORY" => (Now(category), current with { Category = Now(category) }),
                "ADD_TAG" => (Now(tag), current with { Tags = [.. current.Tags.Append(Now(tag)!).Distinct()] }),
                _ => (null, current with { Tags = [.. current.Tags.Where(t => t != Now(tag))] }),
            };
            if (wanted.ToString() == current.ToString())
            {
                return [];
            }

            if (term is not null && DeskModel.Live(term) is null)
            {
                return [$"{term.Kind}NotFound"];
            }

            var head = story.Head;
            model.Save(
                story,
                new Words
                {
                    Headline = head.Headline,
                    Summary = head.Summary,
                    Body = head.Body,
                    Terms = wanted,
                    Drafter = who,
                    Model = head.Model,
                    EditedBy = head.EditedBy,
                }
            );
            return [];
        }

        static Label? Now(Label? given) => given?.MergedInto ?? given;
    }

    private Words NewWords(Step step)
    {
        var number = ++_words;
        return new Words
        {
            Headline = $"Story w{number}",
            Summary = step.Value % 11 == 0 ? null : $"Short s{number}.",
            Body = step.Value % 13 == 0 ? null : $"b{number}",
            Drafter = step.Who,
        };
    }

    private static Words Copy(Words words, TermSet terms, string? drafted, Who? editedBy, bool isAutosave = false) =>
        new()
        {
            Headline = words.Headline,
            Summary = words.Summary,
            Body = words.Body,
            Drafter = words.Drafter,
            Terms = terms,
            IsAutosave = isAutosave,
            Model = drafted,
            EditedBy = editedBy,
        };

    private static object? Markdown(string? body) =>
        body is null ? null : new { markdown = $"They began on Monday with {body}." };

    private string PathOf(int number, Story story) =>
        (number % 6) switch
        {
            < 3 => $"/old-{number % 6}",
            3 => $"/articles/{story.Slug}",
            4 => TermPathOf(number / 6),
            _ => $"/articles/{SlugOf(number)}",
        };

    private static string SlugOf(int number) => number % 20 == 19 ? "search" : $"slug-{number % 7}";

    private string? Key(Who? who) => who is { } person ? staff[person] : null;
}
