using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>Imports the tools of one run, and looks up tools by slug.</summary>
internal sealed class ToolImport(
    IDbContextFactory<CmsDbContext> databases,
    CreateTool create,
    EditTool edit,
    ImageImport images,
    TermImport terms,
    Actor by,
    bool isDryRun
)
{
    private readonly Dictionary<string, ToolId> _known = new(StringComparer.Ordinal);

    /// <summary>Loads the tools that exist before the run.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var tool in await db.Tools.Select(t => new { t.Slug, t.Id }).ToListAsync(cancellationToken))
        {
            _known[tool.Slug] = tool.Id;
        }
    }

    /// <summary>Returns the id of the tool with this slug; null if there is none.</summary>
    public ToolId? Find(string slug) => _known.TryGetValue(slug, out var tool) ? tool : null;

    public async Task<Result<ImportOutcome>> ImportAsync(ToolItem item, CancellationToken cancellationToken)
    {
        var tags = await terms.TagsAsync(item.Tags, cancellationToken);
        if (!tags.Succeeded(out var ids, out var unnamed))
        {
            return unnamed.ToList();
        }

        var logo = await images.FindAsync(item.Logo, item.Folder, null, cancellationToken);
        if (logo.Errors.Concat(images.Unfit(logo.Value, "logo")).ToList() is [_, ..] unfit)
        {
            return unfit;
        }

        var fields = item.Fields with { Tags = ids, Logo = logo.Value };
        var slug = fields.Slug ?? Slug.From(fields.Name) ?? "";
        if (!_known.TryGetValue(slug, out var id))
        {
            var created = isDryRun
                ? Tool.Create(ToolId.New(), fields, Contributor.Import, DateTimeOffset.UnixEpoch)
                : await create.Handle(new CreateToolInput { Fields = fields }, by, cancellationToken);
            return Remember(created, ImportOutcome.Added);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.Tools.AsNoTracking().SingleAsync(t => t.Id == id, cancellationToken);
        if (known.Edit(fields, Contributor.Import, known.UpdatedAt) is { IsRefused: false, Value: false })
        {
            return ImportOutcome.Unchanged;
        }

        return isDryRun
            ? ImportOutcome.Changed
            : Remember(
                await edit.Handle(new EditToolInput { Id = id, Edit = _ => fields }, by, cancellationToken),
                ImportOutcome.Changed
            );

        Result<ImportOutcome> Remember(Result<Tool> result, ImportOutcome outcome)
        {
            if (!result.Succeeded(out var tool, out var errors))
            {
                return errors.ToList();
            }

            _known[tool.Slug] = tool.Id;
            return outcome;
        }
    }
}
