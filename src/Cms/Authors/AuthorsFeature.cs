using Cms.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Authors;

internal static class AuthorsFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddAuthors() =>
            services
                .AddScoped<AuthorById>()
                .AddChange(
                    ChangeKind.AuthorChanged,
                    (change, cursor) => new AuthorUpserted(cursor, change.OccurredAt, new(change.SubjectId.Value))
                );
    }
}
