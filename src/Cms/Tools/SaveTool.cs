using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Tools;

public sealed record CreateToolInput
{
    public required ToolFields Fields { get; init; }
}

/// <summary>Adds a tool. It becomes public when the first edition that shows it is published.</summary>
public sealed class CreateTool(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Tool>> Handle(CreateToolInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Tool>(
            actor,
            async (db, token) =>
            {
                var found = await db.FindTagsAsync(input.Fields.Tags, token);
                var fields = input.Fields with { Tags = found.Value ?? input.Fields.Tags };
                var created = Tool.Create(ToolId.New(), fields, actor.Contributor, clock.Now());
                if (!created.Succeeded(out var tool, out _))
                {
                    return created;
                }

                if (await db.Tools.AnyAsync(t => t.Slug == tool.Slug, token))
                {
                    return new ToolSlugTaken(tool.Slug) { Path = ["slug"] };
                }

                if (found.IsRefused)
                {
                    return found.Errors.ToList();
                }

                if (await db.UnfitMediaAsync(LogoOf(fields), clock.Now(), token) is [_, ..] unfit)
                {
                    return unfit;
                }

                db.Add(tool);
                await db.RecordUsesAsync(MediaUseKind.Tool, tool.Id, LogoOf(fields).Select(logo => logo.Media), token);
                await db.RecordReferencesAsync(UsageKind.Tool, tool.Id, TagsOf(tool), token);
                return tool;
            },
            cancellationToken
        );

    internal static IEnumerable<IEntityId> TagsOf(Tool tool) => tool.Tags.Select(IEntityId (tag) => tag);

    internal static IReadOnlyList<MediaPlace> LogoOf(ToolFields fields) =>
        fields.Logo is { } logo ? [new(logo, null, IsDecorative: false, "logo")] : [];
}

public sealed record EditToolInput
{
    public required ToolId Id { get; init; }

    /// <summary>
    /// Returns the new fields, given the current ones. It is called in the transaction, once for each attempt.
    /// </summary>
    public required Func<ToolFields, ToolFields> Edit { get; init; }

    public int? ExpectedVersion { get; init; }
}

/// <summary>Changes a tool.</summary>
public sealed class EditTool(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Tool>> Handle(EditToolInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Tool>(
            actor,
            async (db, token) =>
            {
                if (await db.Tools.FindAsync([input.Id], token) is not { } tool)
                {
                    return new ToolNotFound(input.Id) { Path = ["id"] };
                }

                if (tool.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                var fields = input.Edit(tool.ToFields());
                var found = await db.FindTagsAsync(fields.Tags, token);
                if (found.IsRefused)
                {
                    return found.Errors.ToList();
                }

                fields = fields with { Tags = found.Value! };

                var edited = tool.Edit(fields, actor.Contributor, clock.Now());
                if (!edited.Succeeded(out var changed, out var refusals))
                {
                    return refusals.ToList();
                }

                if (changed)
                {
                    var logo = CreateTool.LogoOf(fields);
                    if (await db.UnfitMediaAsync(logo, clock.Now(), token) is [_, ..] unfit)
                    {
                        return unfit;
                    }

                    await db.RecordUsesAsync(MediaUseKind.Tool, tool.Id, logo.Select(shown => shown.Media), token);
                    await db.RecordReferencesAsync(UsageKind.Tool, tool.Id, CreateTool.TagsOf(tool), token);
                    if (tool.FirstPublishedAt is not null)
                    {
                        await db.PublishTagsAsync([.. tool.Tags.Distinct()], clock.Now(), token);
                        db.Announce(ChangeKind.ToolChanged, tool.Id);
                    }
                }

                return tool;
            },
            cancellationToken
        );
}
