export const wallsPage = () => '';
