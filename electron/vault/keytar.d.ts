/**
 * The part of keytar that is used; here because an optional dependency may be absent where this is compiled.
 * findCredentials and findPassword are left out on purpose: in a locked keyring the first ends the process.
 */
declare module 'keytar' {
  const keytar: {
    getPassword(service: string, account: string): Promise<string | null>;
    setPassword(service: string, account: string, password: string): Promise<void>;
    deletePassword(service: string, account: string): Promise<boolean>;
  };
  export default keytar;
}
