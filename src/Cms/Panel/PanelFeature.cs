using Cms.Changes;
using Cms.Panel.Desk;
using Cms.Panel.Drafting;
using Cms.Panel.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Panel;

internal static class PanelFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddPanel() =>
            services
                .AddSingleton<CreatePersona>()
                .AddSingleton<EditPersona>()
                .AddSingleton<DraftTake>()
                .AddSingleton<SaveTake>()
                .AddSingleton<RequestTake>()
                .AddSingleton<SubmitTake>()
                .AddSingleton<RequestTakeChanges>()
                .AddSingleton<ApproveTake>()
                .AddSingleton<RetractTake>()
                .AddSingleton<ConfirmTake>()
                .AddScoped<TakeRevisionById>()
                .AddScoped<RevisionsOfTake>()
                .AddScoped<AnchorsOfArticle>()
                .AddScoped<DeskTakeById>()
                .AddScoped<ReadDeskTake>()
                .AddScoped<PanelOrder>()
                .AddScoped<ReadDeskPersona>()
                .AddScoped<TakesByArticle>()
                .AddScoped<ReadPersona>()
                .AddScoped<ListPersonas>()
                .AddScoped<ListTakes>()
                .AddScoped<ListWithdrawnTakes>()
                .AddScoped<PersonaById>()
                .AddScoped<TakeById>()
                .AddScoped<TakesByPersona>()
                .AddScoped<TakeCountByPersona>()
                .AddScoped<StancesByPersona>()
                .AddScoped<StancesByFacet>()
                .AddScoped<PreviewedTakes>()
                .AddScoped<CurrentTakes>()
                .AddScoped<PastTakes>()
                .AddChange(
                    ChangeKind.PersonaChanged,
                    (change, cursor) => new PersonaUpserted(cursor, change.OccurredAt, new(change.SubjectId.Value))
                );
    }
}
