using Cms.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Tools;

internal static class ToolsFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddTools() =>
            services
                .AddSingleton<CreateTool>()
                .AddSingleton<EditTool>()
                .AddScoped<ReadDeskTool>()
                .AddScoped<ReadTool>()
                .AddScoped<ToolById>()
                .AddChange(
                    ChangeKind.ToolChanged,
                    (change, cursor) => new ToolUpserted(cursor, change.OccurredAt, new(change.SubjectId.Value))
                );
    }
}
